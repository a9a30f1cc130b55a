// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/query/partial.hpp>
#include <coodie/sync/write.hpp>

namespace coodie::sync {

/// What `only` and `defer` of the blocking front give: see coodie::Partial. `update` writes back to it.
template <class T>
class Partial : public coodie::Partial<T> {
public:
    using coodie::Partial<T>::Partial;

    template <query::AssignmentExpression... A>
    LwtResult<T> update(UpdateOptions options, const A&... assignments) {
        return change(options, {}, query::change_list<T>(assignments...));
    }
    template <query::AssignmentExpression... A>
        requires(sizeof...(A) > 0)
    LwtResult<T> update(const A&... assignments) {
        return change({}, {}, query::change_list<T>(assignments...));
    }
    template <class... C, query::AssignmentExpression... A>
    [[nodiscard]] LwtResult<T> update(UpdateOptions options, const query::OnlyIf<C...>& only_if,
                                      const A&... assignments) {
        return change(options, query::if_list<T>(only_if), query::change_list<T>(assignments...));
    }
    template <class... C, query::AssignmentExpression... A>
    [[nodiscard]] LwtResult<T> update(const query::OnlyIf<C...>& only_if, const A&... assignments) {
        return change({}, query::if_list<T>(only_if), query::change_list<T>(assignments...));
    }
    LwtResult<T> remove(RemoveOptions options = {}) { return sync::remove(**this, options); }

private:
    LwtResult<T> change(const UpdateOptions& options, const query::PredicateList& conditions,
                        const query::ChangeList& changes) {
        const ModelInfo& model = model_info<T>();
        T& document = this->document_to_change();
        const detail::WriteOutcome outcome = detail::write(
            query::update_operation(model, &document, changes, conditions, options), options.batch);
        LwtResult<T> result = detail::lwt_result<T>(outcome);
        if (!outcome.in_batch && result.applied())
            query::apply_changes(model, changes, &document, this->loaded_to_change());
        return result;
    }
};

}  // namespace coodie::sync
