// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/open_engines.hpp"

#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <system_error>

namespace coodie::embedded {

namespace {

/// The engines of this process that may be shared.
class OpenEngines {
public:
    static OpenEngines& instance() {
        static auto* engines = new OpenEngines();  // never destroyed: drivers may close during exit
        return *engines;
    }

    std::variant<std::shared_ptr<Engine>, Error> open(const Location& location, const std::string& key) {
        std::unique_lock lock(mutex_);
        for (;;) {
            const auto found = engines_.find(key);
            if (found == engines_.end()) break;
            if (auto engine = found->second.engine.lock()) {
                if (found->second.sync == location.sync) return engine;
                return Error(ErrorKind::configuration,
                             "cannot open '" + location.name +
                                 "' with this sync option: this process has it open with "
                                 "another one; use the same or close that connection");
            }
            closed_.wait(lock);  // the last driver has let go of it, and its files are being closed
        }
        auto opened =
            Engine::open({location.kind == Location::Kind::folder ? location.name : "", location.sync});
        if (auto* error = std::get_if<Error>(&opened)) return std::move(*error);
        std::shared_ptr<Engine> engine(std::get<0>(opened).release(),
                                       [this, key](Engine* last) { close(last, key); });
        engines_[key] = {engine, location.sync};
        return engine;
    }

private:
    struct Entry {
        std::weak_ptr<Engine> engine;
        storage::SyncMode sync = storage::SyncMode::periodic;
    };
    void close(Engine* engine, const std::string& key) {
        delete engine;
        const std::lock_guard lock(mutex_);
        engines_.erase(key);
        closed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable closed_;
    std::map<std::string, Entry> engines_;
};

}  // namespace

std::variant<std::shared_ptr<Engine>, Error> open_engine(const Location& location) {
    if (location.kind == Location::Kind::private_memory) {
        auto opened = Engine::open({});
        if (auto* error = std::get_if<Error>(&opened)) return std::move(*error);
        return std::shared_ptr<Engine>(std::move(std::get<0>(opened)));
    }
    if (location.kind == Location::Kind::shared_memory)
        return OpenEngines::instance().open(location, "memory:" + location.name);
    std::error_code error;
    auto path = std::filesystem::weakly_canonical(location.name, error);
    if (!path.has_filename()) path = path.parent_path();
    return OpenEngines::instance().open(location, "folder:" + (error ? location.name : path.string()));
}

}  // namespace coodie::embedded
