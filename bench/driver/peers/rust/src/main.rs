// SPDX-License-Identifier: Apache-2.0
//! One run of the driver benchmark by the `scylla` crate, on a current-thread runtime.
//! usage: coodie-bench-peer HOST:PORT MODE OP IN_FLIGHT N [WARM_UP], as coodie_driver. MODE: scylla, or
//! scylla-cached (the statements' result metadata is not sent with each answer).
use scylla::client::execution_profile::ExecutionProfile;
use scylla::client::session::Session;
use scylla::client::session_builder::SessionBuilder;
use scylla::response::PagingState;
use scylla::statement::prepared::PreparedStatement;
use scylla::statement::Consistency;
use scylla::value::CqlTimestamp;
use scylla::{DeserializeRow, SerializeRow};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::time::{Duration, Instant};
use uuid::Uuid;

const COLUMNS: &str = "id, name, brand, category, price, description, tags, metadata, created_at";
const PRODUCT_COUNT: usize = 10_000;

#[derive(DeserializeRow, SerializeRow)]
struct Product {
    id: Uuid,
    name: String,
    brand: String,
    category: String,
    price: f32,
    description: String,
    tags: Vec<String>,
    metadata: HashMap<String, String>,
    created_at: CqlTimestamp,
}

fn product_id(number: usize) -> Uuid {
    Uuid::from_u64_pair(0x4000, 0x8000_0000_0000_0000 + number as u64)
}

fn product_of(request: usize) -> usize {
    request * 7919 % PRODUCT_COUNT
}

struct Client {
    session: Session,
    get: PreparedStatement,
    insert: PreparedStatement,
    page: PreparedStatement,
    rows: RefCell<Vec<Product>>,
}

impl Client {
    async fn connect(address: &str, cached: bool) -> Client {
        let profile = ExecutionProfile::builder().consistency(Consistency::LocalOne).build();
        let session = SessionBuilder::new()
            .known_node(address)
            .default_execution_profile_handle(profile.into_handle())
            .build()
            .await
            .expect("cannot connect");
        let prepare = |cql: String| {
            let session = &session;
            async move { session.prepare(cql).await.expect("cannot prepare") }
        };
        let mut get = prepare(format!("SELECT {COLUMNS} FROM bench.products WHERE id = ?")).await;
        let marks = "?, ?, ?, ?, ?, ?, ?, ?, ?";
        let insert = prepare(format!("INSERT INTO bench.products_w ({COLUMNS}) VALUES ({marks})")).await;
        let mut page = prepare(format!("SELECT {COLUMNS} FROM bench.products")).await;
        get.set_use_cached_result_metadata(cached);
        page.set_use_cached_result_metadata(cached);
        page.set_page_size(1000);
        Client { session, get, insert, page, rows: RefCell::new(Vec::new()) }
    }

    async fn read(&self, request: usize) {
        let answer = self.session.execute_unpaged(&self.get, (product_id(product_of(request)),)).await;
        let rows = answer.unwrap().into_rows_result().unwrap();
        let product = rows.single_row::<Product>().expect("a row is missing");
        assert_eq!(product.metadata.len(), 3);
    }

    async fn write(&self, request: usize) {
        // A write borrows its row until it is answered; nobody changes the rows then.
        let rows = self.rows.borrow();
        let row = &rows[product_of(request) % rows.len()];
        self.session.execute_unpaged(&self.insert, row).await.unwrap();
    }

    async fn scan(&self, latencies: &mut Vec<Duration>, keep: bool) -> usize {
        let mut state = PagingState::start();
        let mut count = 0;
        loop {
            let begin = Instant::now();
            let (answer, next) = self.session.execute_single_page(&self.page, &[], state).await.unwrap();
            let answer = answer.into_rows_result().unwrap();
            let page: Vec<Product> = answer.rows::<Product>().unwrap().map(Result::unwrap).collect();
            latencies.push(begin.elapsed());
            count += page.len();
            if keep {
                self.rows.borrow_mut().extend(page);
            }
            match next.into_paging_control_flow() {
                ControlFlow::Break(()) => return count,
                ControlFlow::Continue(more) => state = more,
            }
        }
    }
}

/// `count` operations with `in_flight` at a time.
async fn drive(client: &Rc<Client>, reads: bool, in_flight: usize, count: usize) -> Vec<Duration> {
    let next = Rc::new(Cell::new(0));
    let tasks: Vec<_> = (0..in_flight)
        .map(|_| {
            let (client, next) = (client.clone(), next.clone());
            tokio::task::spawn_local(async move {
                let mut latencies = Vec::with_capacity(2 * count / in_flight);
                loop {
                    let request = next.replace(next.get() + 1);
                    if request >= count {
                        return latencies;
                    }
                    let begin = Instant::now();
                    if reads {
                        client.read(request).await;
                    } else {
                        client.write(request).await;
                    }
                    latencies.push(begin.elapsed());
                }
            })
        })
        .collect();
    let mut all = Vec::with_capacity(count);
    for task in tasks {
        all.extend(task.await.unwrap());
    }
    all
}

/// User and system CPU time of the process, in microseconds.
fn cpu_time() -> (f64, f64) {
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    unsafe { libc::getrusage(libc::RUSAGE_SELF, &mut usage) };
    let microseconds = |time: libc::timeval| time.tv_sec as f64 * 1e6 + time.tv_usec as f64;
    (microseconds(usage.ru_utime), microseconds(usage.ru_stime))
}

fn peak_resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

async fn run(arguments: &[String]) {
    let (mode, operation) = (arguments[2].as_str(), arguments[3].as_str());
    let in_flight: usize = arguments[4].parse().unwrap();
    let mut count: usize = arguments[5].parse().unwrap();
    let warm_up: usize = arguments.get(6).map_or(0, |text| text.parse().unwrap());
    let client = Rc::new(Client::connect(&arguments[1], mode == "scylla-cached").await);
    let mut latencies = Vec::new();
    let (reads, pages) = (operation == "get", operation == "page");
    if operation == "insert" || (pages && warm_up > 0) {
        client.scan(&mut Vec::new(), !pages).await;
    }
    if !pages && warm_up > 0 {
        drive(&client, reads, in_flight, warm_up).await;
    }
    let (user, system) = cpu_time();
    let begin = Instant::now();
    if pages {
        let wanted = count;
        count = 0;
        while count < wanted {
            count += client.scan(&mut latencies, false).await;
        }
    } else {
        latencies = drive(&client, reads, in_flight, count).await;
    }
    let seconds = begin.elapsed().as_secs_f64();
    let (user, system) = (cpu_time().0 - user, cpu_time().1 - system);
    latencies.sort();
    let quantile = |share: f64| latencies[((latencies.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e6;
    let each = count as f64;
    println!(
        "{{\"client\":\"{mode}\",\"op\":\"{operation}\",\"in_flight\":{in_flight},\"n\":{count},\
         \"per_second\":{:.0},\"cpu_us\":{:.3},\"system_us\":{:.3},\"p50_us\":{:.1},\"p95_us\":{:.1},\
         \"p99_us\":{:.1},\"peak_rss_kib\":{}}}",
        each / seconds,
        (user + system) / each,
        system / each,
        quantile(0.5),
        quantile(0.95),
        quantile(0.99),
        peak_resident_kib()
    );
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.len() < 6 {
        eprintln!("usage: coodie-bench-peer HOST:PORT scylla|scylla-cached get|insert|page IN_FLIGHT N [WARM_UP]");
        std::process::exit(2);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, run(&arguments));
}
