// SPDX-License-Identifier: Apache-2.0
#include <coodie/aio/insert_many.hpp>

#include "aio/many_writes.hpp"
#include "aio/start.hpp"

#include <coodie/query/operation.hpp>
#include <coodie/query/query_builder.hpp>
#include <coodie/types/error.hpp>

namespace coodie::aio::detail {
namespace {

void cancel_writes(void* writes, Ticket /*ticket*/) noexcept { static_cast<ManyWrites*>(writes)->cancel(); }

class StartWrites {
public:
    explicit StartWrites(std::shared_ptr<ManyWrites> writes) noexcept : writes_(std::move(writes)) {}
    void start(std::shared_ptr<PendingRequest> request) && {
        using boost::asio::cancellation_type;
        const std::shared_ptr<ManyWrites> writes = std::move(writes_);
        if (!request->prepare(request, writes, &cancel_writes,
                              cancellation_type::terminal | cancellation_type::partial))
            return;
        request->started(Ticket{1});
        writes->start(std::move(request));
    }

private:
    std::shared_ptr<ManyWrites> writes_;
};

awaitable<InsertManyResult> send_all(std::shared_ptr<ManyWrites> writes) {
    Outcome outcome;  // what became of the writes is in result()
    co_await Execution<StartWrites>(StartWrites(writes), outcome);
    co_return writes->result();
}

}  // namespace

ManyWritesMaker::ManyWritesMaker(const ModelInfo& model, const InsertManyOptions& options)
    : model_(model),
      options_(query::save_options(options)),
      writes_(std::make_shared<ManyWrites>(model, options.keyspace, query::driver_of(model, options.keyspace),
                                           options.concurrency)) {}

void ManyWritesMaker::add(const void* document) {
    try {
        writes_->add(query::save_statement(model_, document, options_));
    } catch (const ValidationError& error) {
        writes_->add_failure(Error(ErrorKind::validation, error.what()));
    }
}

awaitable<InsertManyResult> ManyWritesMaker::send() { return send_all(std::move(writes_)); }

}  // namespace coodie::aio::detail
