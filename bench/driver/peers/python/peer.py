#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One run of the driver benchmark by Python's coodie or cqlengine (package cassandra-driver).

usage: peer.py HOST:PORT py-coodie|py-cqlengine OP IN_FLIGHT N [WARM_UP], as coodie_driver: IN_FLIGHT threads.
"""
import datetime
import json
import os
import resource
import sys
import threading
import time
import uuid
from typing import Annotated

PRODUCT_COUNT = 10_000
PAGE_ROWS = 1000


def product_id(request: int) -> uuid.UUID:
    return uuid.UUID(f"00000000-0000-4000-8000-{request * 7919 % PRODUCT_COUNT:012x}")


class Coodie:
    def __init__(self, host: str, port: int):
        from cassandra.cluster import Cluster
        from coodie.fields import PrimaryKey
        from coodie.sync import Document, init_coodie

        init_coodie(session=Cluster([host], port=port).connect(), keyspace="bench", driver_type="cassandra")

        class Product(Document):
            id: Annotated[uuid.UUID, PrimaryKey()]
            name: str
            brand: str
            category: str
            price: float
            description: str
            tags: list[str]
            metadata: dict[str, str]
            created_at: datetime.datetime

            class Settings:
                name = "products"
                keyspace = "bench"

        class Written(Product):
            class Settings:
                name = "products_w"
                keyspace = "bench"

        self.product, self.written = Product, Written

    def rows(self) -> list[dict]:
        return [row.model_dump() for row in self.product.find().limit(1000).all()]

    def get(self, key: uuid.UUID) -> dict:
        return self.product.get(id=key).metadata

    def insert(self, row: dict) -> None:
        self.written(**row).save()

    def scan(self, latencies: list[int]) -> int:
        state, count = None, 0
        while True:
            begin = time.perf_counter_ns()
            page = self.product.find().fetch_size(PAGE_ROWS).page(state).paged_all()
            latencies.append(time.perf_counter_ns() - begin)
            count, state = count + len(page.data), page.paging_state
            if not state:
                return count


class CqlEngine:
    def __init__(self, host: str, port: int):
        os.environ["CQLENG_ALLOW_SCHEMA_MANAGEMENT"] = "1"
        from cassandra.cqlengine import columns, connection
        from cassandra.cqlengine.models import Model

        connection.setup([host], "bench", port=port, protocol_version=5)

        def make(table: str) -> type:
            fields = {
                "__keyspace__": "bench",
                "__table_name__": table,
                "id": columns.UUID(primary_key=True),
                "name": columns.Text(),
                "brand": columns.Text(),
                "category": columns.Text(),
                "price": columns.Float(),
                "description": columns.Text(),
                "tags": columns.List(columns.Text),
                "metadata": columns.Map(columns.Text, columns.Text),
                "created_at": columns.DateTime(),
            }
            return type("Product", (Model,), fields)

        self.product, self.written = make("products"), make("products_w")

    def rows(self) -> list[dict]:
        return [dict(row.items()) for row in self.product.objects.limit(1000)]

    def get(self, key: uuid.UUID) -> dict:
        return self.product.objects.get(id=key).metadata

    def insert(self, row: dict) -> None:
        self.written.create(**row)

    def scan(self, latencies: list[int]) -> int:
        """It gives rows, not pages: the time of a page is that until PAGE_ROWS rows have come."""
        count, begin = 0, time.perf_counter_ns()
        for _ in self.product.objects.fetch_size(PAGE_ROWS).limit(None):
            count += 1
            if count % PAGE_ROWS == 0:
                now = time.perf_counter_ns()
                latencies.append(now - begin)
                begin = now
        return count


CLIENTS = {"py-coodie": Coodie, "py-cqlengine": CqlEngine}


def drive(client, operation: str, in_flight: int, count: int, rows: list[dict]) -> list[int]:
    """The latencies, in nanoseconds, of `count` operations by `in_flight` threads."""
    requests, latencies, failures = iter(range(count)), [], []
    lock = threading.Lock()

    def work() -> None:
        try:
            while True:
                with lock:
                    request = next(requests, None)
                if request is None:
                    return
                begin = time.perf_counter_ns()
                if operation == "insert":
                    client.insert(rows[request * 7919 % len(rows)])
                elif len(client.get(product_id(request))) != 3:
                    raise LookupError("a row is missing")
                latencies.append(time.perf_counter_ns() - begin)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(in_flight - 1)]
    for thread in threads:
        thread.start()
    work()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return latencies


def peak_resident_kib() -> int:
    with open("/proc/self/status", encoding="ascii") as status:
        return int(next(line for line in status if line.startswith("VmHWM:")).split()[1])


def main() -> None:
    if len(sys.argv) < 6 or sys.argv[2] not in CLIENTS:
        sys.exit(__doc__)
    host, port = sys.argv[1].rsplit(":", 1)
    mode, operation, in_flight, count = sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
    warm_up = int(sys.argv[6]) if len(sys.argv) > 6 else 0
    client = CLIENTS[mode](host, int(port))
    rows = client.rows() if operation == "insert" else []
    latencies: list[int] = []
    if operation == "page":
        if warm_up:
            client.scan([])
    else:
        drive(client, operation, in_flight, warm_up, rows)
    before, begin = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    if operation == "page":
        wanted, count = count, 0
        while count < wanted:
            count += client.scan(latencies)
    else:
        latencies = drive(client, operation, in_flight, count, rows)
    seconds, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF)
    latencies.sort()
    system = after.ru_stime - before.ru_stime
    cpu = after.ru_utime - before.ru_utime + system
    report = {"client": mode, "op": operation, "in_flight": in_flight, "n": count}
    report |= {"per_second": round(count / seconds), "cpu_us": round(cpu * 1e6 / count, 3)}
    report |= {"system_us": round(system * 1e6 / count, 3)}
    for name, share in (("p50_us", 0.5), ("p95_us", 0.95), ("p99_us", 0.99)):
        report[name] = round(latencies[int((len(latencies) - 1) * share)] / 1e3, 1)
    print(json.dumps(report | {"peak_rss_kib": peak_resident_kib()}), flush=True)
    os._exit(0)  # the driver's threads do not end by themselves


if __name__ == "__main__":
    main()
