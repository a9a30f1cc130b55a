// SPDX-License-Identifier: Apache-2.0
// The bridge between drivers and coroutines: threads, executors, cancellation, lifetimes.
#include "manual_driver.hpp"
#include "models.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/system/system_error.hpp>

#include <array>
#include <thread>

namespace {

namespace asio = boost::asio;
using namespace coodie::literals;
using aio_test::awaitable;
using aio_test::ManualDriver;
using aio_test::Review;

class Bridge : public testing::Test {
protected:
    Bridge() : driver_(std::make_shared<ManualDriver>()) { static_cast<void>(coodie::init_coodie(driver_)); }
    ~Bridge() override { coodie::shutdown(); }

    awaitable<void> save() {
        const Review review{.product = aio_test::long_text};
        co_await review.save();
        ++saved_;
    }
    /// Spawns save() with a cancellation slot; what it throws is kept.
    void spawn_cancellable(asio::io_context& context, asio::cancellation_signal& signal) {
        asio::co_spawn(context, save(),
                       asio::bind_cancellation_slot(signal.slot(), [this](std::exception_ptr exception) {
                           exception_ = std::move(exception);
                       }));
    }
    template <class E>
    [[nodiscard]] bool threw() const {
        if (!exception_) return false;
        try {
            std::rethrow_exception(exception_);
        } catch (const E&) {
            return true;
        } catch (...) {
            return false;
        }
    }

    std::shared_ptr<ManualDriver> driver_;
    std::exception_ptr exception_;
    int saved_ = 0;
};

TEST_F(Bridge, CompletionResumesOnTheExecutorAndNeverInside) {
    asio::io_context context;
    asio::co_spawn(context, save(), asio::detached);
    context.poll();
    ASSERT_EQ(driver_->started(), 1U);
    EXPECT_FALSE(context.stopped()) << "a pending request is work";
    driver_->complete(0);
    EXPECT_EQ(saved_, 0);
    context.run();
    EXPECT_EQ(saved_, 1);
}

TEST_F(Bridge, AnotherThreadMayComplete) {
    asio::io_context context;
    std::thread::id resumed_on;
    asio::co_spawn(
        context,
        [&]() -> awaitable<void> {
            co_await save();
            resumed_on = std::this_thread::get_id();
        },
        asio::detached);
    std::thread other([&] {
        while (driver_->started() == 0) std::this_thread::yield();
        driver_->complete(0);
    });
    context.run();
    other.join();
    EXPECT_EQ(saved_, 1);
    EXPECT_EQ(resumed_on, std::this_thread::get_id());
}

TEST_F(Bridge, ErrorsOfTheDriverAreThrownWithOperationAndTable) {
    asio::io_context context;
    auto future = asio::co_spawn(context, save(), asio::use_future);
    context.poll();
    driver_->complete(0, coodie::Error(coodie::ErrorKind::timeout, "too slow"));
    context.run();
    EXPECT_EQ(aio_test::thrown<coodie::TimeoutError>([&] { future.get(); }),
              "save of catalog.reviews: too slow");
}

TEST_F(Bridge, CancelledWhilePending) {
    asio::io_context context;
    asio::cancellation_signal signal;
    spawn_cancellable(context, signal);
    context.poll();
    asio::post(context, [&] { signal.emit(asio::cancellation_type::terminal); });
    context.run();
    EXPECT_EQ(driver_->cancelled(), std::vector<coodie::Ticket>{coodie::Ticket{1}});
    EXPECT_TRUE(threw<coodie::CancelledError>());
    EXPECT_EQ(saved_, 0);
}

TEST_F(Bridge, CancelledBeforeItIsAsiosException) {
    asio::io_context context;
    asio::cancellation_signal signal;
    asio::co_spawn(
        context,
        [&]() -> awaitable<void> {
            co_await asio::post(asio::use_awaitable);
            signal.emit(asio::cancellation_type::terminal);
            co_await save();
        },
        asio::bind_cancellation_slot(signal.slot(),
                                     [&](std::exception_ptr exception) { exception_ = exception; }));
    context.run();
    EXPECT_TRUE(threw<boost::system::system_error>());
    EXPECT_EQ(driver_->started(), 0U);
}

TEST_F(Bridge, CancellingIsAHint) {
    driver_->obeys = false;
    asio::io_context context;
    asio::cancellation_signal signal;
    spawn_cancellable(context, signal);
    context.poll();
    signal.emit(asio::cancellation_type::terminal);  // co_spawn posts it
    context.poll();
    EXPECT_EQ(driver_->cancelled().size(), 1U);
    signal.emit(asio::cancellation_type::terminal);  // before complete(), done after it
    driver_->complete(0);
    context.run();
    EXPECT_EQ(saved_, 1);
    EXPECT_FALSE(exception_);
    signal.emit(asio::cancellation_type::terminal);  // after it
}

TEST_F(Bridge, WhatMayHaveBeenDoneIsNotCancelledTotally) {
    driver_->obeys = false;
    asio::io_context context;
    asio::cancellation_signal signal;
    const auto spawn = [&](auto operation) {
        context.restart();  // it ran out of work
        asio::co_spawn(
            context,
            [operation]() -> awaitable<void> {
                co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
                co_await operation();
            },
            asio::bind_cancellation_slot(signal.slot(), asio::detached));
        context.poll();
    };
    const auto hints = [&](asio::cancellation_type type) {
        const std::size_t before = driver_->cancelled().size();
        signal.emit(type);
        context.poll();
        return driver_->cancelled().size() - before;
    };
    Review review;
    spawn([&]() -> awaitable<void> { co_await review.save({.timestamp = coodie::WriteTime{}}); });
    EXPECT_EQ(hints(asio::cancellation_type::total), 0U);
    EXPECT_EQ(hints(asio::cancellation_type::partial), 1U) << "idempotent";
    driver_->complete(0);
    context.poll();
    spawn([&]() -> awaitable<void> { (void)co_await review.insert(); });
    EXPECT_EQ(hints(asio::cancellation_type::total), 0U);
    EXPECT_EQ(hints(asio::cancellation_type::partial), 0U) << "a conditional write";
    EXPECT_EQ(hints(asio::cancellation_type::terminal), 1U);
    driver_->complete(1);
    context.poll();
    spawn([&]() -> awaitable<void> { (void)co_await Review::find_one("product"_c == "x"); });
    EXPECT_EQ(hints(asio::cancellation_type::total), 1U) << "a read";
    driver_->complete(2);
    context.poll();
}

TEST_F(Bridge, ADestroyedContextDropsWhatIsPending) {
    auto destroyed = std::make_shared<int>(0);
    {
        std::array<asio::cancellation_signal, 3> signals;
        asio::io_context context;
        for (asio::cancellation_signal& signal : signals)
            asio::co_spawn(
                context, [this, destroyed]() -> awaitable<void> { co_await save(); },
                asio::bind_cancellation_slot(signal.slot(), asio::detached));
        context.poll();
        ASSERT_EQ(driver_->started(), 3U);
        driver_->obeys = false;
        driver_->complete(0);  // posted, never run
    }
    EXPECT_EQ(destroyed.use_count(), 1) << "the coroutines are gone";
    EXPECT_EQ(driver_->cancelled().size(), 2U);
    driver_->complete(1);
    std::thread([&] { driver_->complete(2); }).join();
    EXPECT_EQ(saved_, 0);
}

// As a driver's thread does that has not returned from complete() yet.
TEST_F(Bridge, ACompletedRequestMayBeHeldLongerThanTheContextLives) {
    std::shared_ptr<coodie::Request> held;
    {
        asio::io_context context;
        asio::co_spawn(context, save(), asio::detached);
        context.poll();
        held = driver_->request(0);
        driver_->complete(0);
        context.poll();
        EXPECT_EQ(saved_, 1);
        EXPECT_TRUE(context.stopped()) << "the request is no work of the context any more";
    }
    held.reset();
}

TEST_F(Bridge, ContextsComeAndGoWhileAThreadCompletes) {
    std::atomic<bool> stop{false};
    std::thread other([&] {
        for (std::size_t at = 0; !stop;) {
            if (at < driver_->started())
                driver_->complete(at++);
            else
                std::this_thread::yield();
        }
    });
    for (int i = 0; i < 300; ++i) {
        asio::io_context context;
        for (int k = 0; k < 4; ++k) asio::co_spawn(context, save(), asio::detached);
        context.poll();
        context.poll();
    }
    stop = true;
    other.join();
}

TEST_F(Bridge, AnAwaitableThatNobodyAwaitsSendsNothing) {
    const Review review;
    {
        auto forgotten = review.save();
    }
    EXPECT_EQ(driver_->started(), 0U);
}

TEST_F(Bridge, TheArgumentsMayBeGone) {
    asio::io_context context;
    std::optional<awaitable<void>> saving;
    std::optional<awaitable<Review>> getting;
    {
        const Review review{.product = aio_test::long_text, .tags = {aio_test::long_text}};
        const std::string keyspace = aio_test::long_text;
        saving.emplace(review.save({.keyspace = keyspace}));
        const std::string product = aio_test::long_text;
        getting.emplace(Review::get("product"_c == product, "at"_c == 1));
    }
    asio::co_spawn(context, std::move(*saving), asio::detached);
    auto got = asio::co_spawn(context, std::move(*getting), asio::use_future);
    context.poll();
    ASSERT_EQ(driver_->started(), 2U);
    driver_->complete(0);
    driver_->complete(1);
    context.run();
    EXPECT_THROW(got.get(), coodie::DocumentNotFound);
}

TEST_F(Bridge, TheDriverLivesWhileItsRequestsAreStarted) {
    // The coroutine holds the only reference to this driver and ends while start() still runs.
    auto mock = std::make_shared<coodie::MockDriver>("k");
    std::weak_ptr<coodie::MockDriver> alive = mock;
    asio::thread_pool pool(2);
    auto future =
        asio::co_spawn(pool, Review::find("product"_c == "x").on(std::move(mock)).all(), asio::use_future);
    EXPECT_TRUE(future.get().empty());
    pool.join();
    EXPECT_TRUE(alive.expired());
}

TEST_F(Bridge, ConnectDoesNotBlock) {
    asio::io_context context;
    const auto connection = coodie::init_coodie(driver_);
    auto future = asio::co_spawn(context, connection.connect(), asio::use_future);
    context.poll();
    EXPECT_EQ(driver_->started(), 1U);
    driver_->complete(0, coodie::Error(coodie::ErrorKind::connection, "nobody there"));
    context.run();
    EXPECT_THROW(future.get(), coodie::ConnectionError);
    EXPECT_THROW((void)coodie::aio::Connection().connect(), coodie::ConfigurationError);
}

TEST_F(Bridge, SchemaOperationsDoNotBlock) {
    asio::io_context context;
    auto future = asio::co_spawn(context, coodie::create_keyspace("k"), asio::use_future);
    context.poll();
    ASSERT_EQ(driver_->started(), 1U);
    driver_->complete(0);
    context.run();
    future.get();
}

TEST_F(Bridge, InsertManyKeepsItsWindowAndCancels) {
    asio::io_context context;
    asio::cancellation_signal signal;
    std::vector<Review> many(10);
    many[0].product = "first";
    std::optional<coodie::InsertManyResult> result;
    asio::co_spawn(
        context,
        [&]() -> awaitable<void> {
            coodie::InsertManyResult written = co_await Review::insert_many(many, {.concurrency = 3});
            result = std::move(written);
        },
        asio::bind_cancellation_slot(signal.slot(), asio::detached));
    context.poll();
    EXPECT_EQ(driver_->started(), 3U);
    driver_->complete(1);
    EXPECT_EQ(driver_->started(), 4U) << "whoever completes one starts the next";
    driver_->complete(0, coodie::Error(coodie::server_code::write_timeout, "too slow"));
    EXPECT_EQ(driver_->started(), 5U);
    signal.emit(asio::cancellation_type::terminal);
    context.run();
    EXPECT_EQ(driver_->started(), 5U);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->written(), 1U);
    ASSERT_EQ(result->failures().size(), 9U);
    EXPECT_EQ(result->failures()[0].index, 0U);
    EXPECT_EQ(result->failures()[0].error.code(), coodie::server_code::write_timeout);
    EXPECT_EQ(result->failures()[1].index, 2U);
    EXPECT_EQ(result->failures()[1].error.kind(), coodie::ErrorKind::cancelled);
    EXPECT_EQ(result->failures()[8].error.kind(), coodie::ErrorKind::cancelled) << "never sent";
}

/// Ten thousand coroutines on several threads, whose requests a third party completes.
template <class Executor>
void run_many(ManualDriver& driver, Executor executor, std::size_t count, const std::atomic<bool>& stop) {
    std::atomic<std::size_t> ended{0};
    for (std::size_t i = 0; i < count; ++i)
        asio::co_spawn(
            executor,
            [&ended]() -> asio::awaitable<void> {
                const Review review{.product = aio_test::long_text};
                co_await review.save();
                const std::optional<Review> none = co_await Review::find_one("product"_c == "x");
                EXPECT_FALSE(none);
                ++ended;
            },
            asio::detached);
    for (std::size_t at = 0; ended < count && !stop;) {
        if (at < driver.started())
            driver.complete(at++);
        else
            std::this_thread::yield();
    }
    EXPECT_EQ(ended, count);
}

TEST_F(Bridge, ManyCoroutinesOnAThreadPool) {
    asio::thread_pool pool(4);
    run_many(*driver_, pool.get_executor(), 10'000, false);
    pool.join();
}

TEST_F(Bridge, ManyCoroutinesOnAStrand) {
    asio::thread_pool pool(2);
    run_many(*driver_, asio::any_io_executor(asio::make_strand(pool)), 2'000, false);
    pool.join();
}

TEST_F(Bridge, ACoroutineGoesOnWhereItBelongs) {
    asio::io_context context;
    asio::thread_pool pool(1);
    std::thread::id resumed_on;
    asio::co_spawn(
        context,
        [&]() -> awaitable<void> {
            // On the pool's thread for a moment: an operation goes on on the coroutine's own executor.
            co_await asio::post(pool, asio::bind_executor(pool, asio::use_awaitable));
            co_await save();
            resumed_on = std::this_thread::get_id();
        },
        asio::detached);
    std::thread other([&] {
        while (driver_->started() == 0) std::this_thread::yield();
        driver_->complete(0);
    });
    context.run();
    other.join();
    pool.join();
    EXPECT_EQ(resumed_on, std::this_thread::get_id());
}

}  // namespace
