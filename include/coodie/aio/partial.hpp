// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/aio/write.hpp>
#include <coodie/query/partial.hpp>

#include <utility>

namespace coodie::aio {

/// What `only` and `defer` of this front give: see coodie::Partial. `update` writes back to it, so it must
/// outlive the awaitable.
template <class T>
class Partial : public coodie::Partial<T> {
public:
    using coodie::Partial<T>::Partial;

    template <query::AssignmentExpression... A>
    awaitable<LwtResult<T>> update(UpdateOptions options, const A&... assignments) {
        return change(options, {}, query::change_list<T>(assignments...));
    }
    template <query::AssignmentExpression... A>
        requires(sizeof...(A) > 0)
    awaitable<LwtResult<T>> update(const A&... assignments) {
        return change({}, {}, query::change_list<T>(assignments...));
    }
    template <class... C, query::AssignmentExpression... A>
    awaitable<LwtResult<T>> update(UpdateOptions options, const query::OnlyIf<C...>& only_if,
                                   const A&... assignments) {
        return change(options, query::if_list<T>(only_if), query::change_list<T>(assignments...));
    }
    template <class... C, query::AssignmentExpression... A>
    awaitable<LwtResult<T>> update(const query::OnlyIf<C...>& only_if, const A&... assignments) {
        return change({}, query::if_list<T>(only_if), query::change_list<T>(assignments...));
    }
    awaitable<LwtResult<T>> remove(RemoveOptions options = {}) { return aio::remove(**this, options); }

private:
    awaitable<LwtResult<T>> change(const UpdateOptions& options, const query::PredicateList& conditions,
                                   query::ChangeList changes) {
        query::Operation operation = query::update_operation(model_info<T>(), &this->document_to_change(),
                                                             changes, conditions, options);
        if (operation.join(options.batch)) return detail::write_result<T>(std::move(operation), true);
        return carry_out(std::move(operation), std::move(changes));
    }
    awaitable<LwtResult<T>> carry_out(query::Operation operation, query::ChangeList changes) {
        Outcome outcome;
        co_await detail::send(operation, outcome);
        LwtResult<T> result = query::lwt_result<T>(operation.take(std::move(outcome)));
        if (result.applied())
            query::apply_changes(model_info<T>(), changes, &this->document_to_change(),
                                 this->loaded_to_change());
        co_return result;
    }
};

}  // namespace coodie::aio
