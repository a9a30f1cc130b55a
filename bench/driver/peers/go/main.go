// SPDX-License-Identifier: Apache-2.0

// One run of the driver benchmark by gocql.
// usage: peer HOST:PORT gocql|gocql-now OP IN_FLIGHT N [WARM_UP], as coodie_driver. gocql-now: requests are
// sent at once instead of waiting 200 microseconds for others to join them.
package main

import (
	"fmt"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	gocql "github.com/apache/cassandra-gocql-driver/v2"
)

const (
	columns      = "id, name, brand, category, price, description, tags, metadata, created_at"
	selectAll    = "SELECT " + columns + " FROM bench.products"
	selectOne    = selectAll + " WHERE id = ?"
	insertOne    = "INSERT INTO bench.products_w (" + columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
	productCount = 10000
)

type product struct {
	id                    gocql.UUID
	name, brand, category string
	price                 float32
	description           string
	tags                  []string
	metadata              map[string]string
	createdAt             time.Time
}

// fields gives Scan where to put a row.
func (p *product) fields() []any {
	return []any{&p.id, &p.name, &p.brand, &p.category, &p.price, &p.description, &p.tags, &p.metadata, &p.createdAt}
}

type client struct {
	session *gocql.Session
	rows    []product
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "peer:", err)
		os.Exit(1)
	}
}

func number(text string) int {
	value, err := strconv.Atoi(text)
	check(err)
	return value
}

func connect(address, mode string) *client {
	host, port, err := net.SplitHostPort(address)
	check(err)
	cluster := gocql.NewCluster(host)
	cluster.Port = number(port)
	cluster.Consistency = gocql.LocalOne
	cluster.ProtoVersion = 4
	cluster.Timeout = 20 * time.Second
	if mode == "gocql-now" {
		cluster.WriteCoalesceWaitTime = 0
	}
	session, err := cluster.CreateSession()
	check(err)
	return &client{session: session}
}

func productID(request int) gocql.UUID {
	id, err := gocql.ParseUUID(fmt.Sprintf("00000000-0000-4000-8000-%012x", request*7919%productCount))
	check(err)
	return id
}

func (c *client) get(id gocql.UUID) {
	var p product
	check(c.session.Query(selectOne, id).Scan(p.fields()...))
	if len(p.metadata) != 3 {
		check(fmt.Errorf("a row is missing"))
	}
}

func (c *client) insert(request int) {
	p := &c.rows[request*7919%productCount%len(c.rows)]
	check(c.session.Query(insertOne, p.id, p.name, p.brand, p.category, p.price, p.description, p.tags,
		p.metadata, p.createdAt).Exec())
}

// scan reads the table page by page; each page into a slice of its own, handed to keep.
func (c *client) scan(latencies *[]time.Duration, keep func([]product)) int {
	count := 0
	var state []byte
	for {
		begin := time.Now()
		iter := c.session.Query(selectAll).PageSize(1000).PageState(state).Iter()
		state = iter.PageState()
		page := make([]product, iter.NumRows())
		for i := range page {
			if !iter.Scan(page[i].fields()...) {
				break
			}
		}
		check(iter.Close())
		*latencies = append(*latencies, time.Since(begin))
		count += len(page)
		keep(page)
		if len(state) == 0 {
			return count
		}
	}
}

// drive does count operations with inFlight at a time.
func (c *client) drive(operation string, inFlight, count int, ids []gocql.UUID) []time.Duration {
	var next atomic.Int64
	var workers sync.WaitGroup
	latencies := make([][]time.Duration, inFlight)
	for worker := range latencies {
		workers.Add(1)
		go func(own *[]time.Duration) {
			defer workers.Done()
			for i := int(next.Add(1)) - 1; i < count; i = int(next.Add(1)) - 1 {
				begin := time.Now()
				if operation == "get" {
					c.get(ids[i%len(ids)])
				} else {
					c.insert(i)
				}
				*own = append(*own, time.Since(begin))
			}
		}(&latencies[worker])
	}
	workers.Wait()
	return slices.Concat(latencies...)
}

// cpuTime is the process's user and system time in microseconds.
func cpuTime() (float64, float64) {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	microseconds := func(t syscall.Timeval) float64 { return float64(t.Sec)*1e6 + float64(t.Usec) }
	return microseconds(usage.Utime), microseconds(usage.Stime)
}

func peakResidentKiB() int {
	status, err := os.ReadFile("/proc/self/status")
	check(err)
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	return number(strings.Fields(rest)[0])
}

func main() {
	if len(os.Args) < 6 {
		fmt.Fprintln(os.Stderr, "usage: peer HOST:PORT gocql|gocql-now get|insert|page IN_FLIGHT N [WARM_UP]")
		os.Exit(2)
	}
	mode, operation, inFlight, count := os.Args[2], os.Args[3], number(os.Args[4]), number(os.Args[5])
	warmUp := 0
	if len(os.Args) > 6 {
		warmUp = number(os.Args[6])
	}
	c := connect(os.Args[1], mode)
	ids := make([]gocql.UUID, productCount)
	for i := range ids {
		ids[i] = productID(i)
	}
	var latencies, unused []time.Duration
	drop := func([]product) {}
	if operation == "insert" {
		c.scan(&unused, func(page []product) { c.rows = append(c.rows, page...) })
	}
	if operation == "page" && warmUp > 0 {
		c.scan(&unused, drop)
	} else if operation != "page" {
		c.drive(operation, inFlight, warmUp, ids)
	}
	user, system := cpuTime()
	begin := time.Now()
	if operation == "page" {
		wanted := count
		for count = 0; count < wanted; {
			count += c.scan(&latencies, drop)
		}
	} else {
		latencies = c.drive(operation, inFlight, count, ids)
	}
	seconds := time.Since(begin).Seconds()
	userAfter, systemAfter := cpuTime()
	user, system = userAfter-user, systemAfter-system
	slices.Sort(latencies)
	quantile := func(share float64) float64 {
		return float64(latencies[int(float64(len(latencies)-1)*share)].Nanoseconds()) / 1e3
	}
	each := float64(count)
	fmt.Printf("{\"client\":\"%s\",\"op\":\"%s\",\"in_flight\":%d,\"n\":%d,\"per_second\":%.0f,\"cpu_us\":%.3f,"+
		"\"system_us\":%.3f,\"p50_us\":%.1f,\"p95_us\":%.1f,\"p99_us\":%.1f,\"peak_rss_kib\":%d}\n",
		mode, operation, inFlight, count, each/seconds, (user+system)/each, system/each,
		quantile(.5), quantile(.95), quantile(.99), peakResidentKiB())
}
