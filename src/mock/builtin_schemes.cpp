// SPDX-License-Identifier: Apache-2.0
#include <coodie/driver/scheme.hpp>
#include <coodie/mock/mock_driver.hpp>

#include <memory>
#include <string>

namespace coodie {
namespace {

Error refuse(const Url& url, std::string reason) {
    return {ErrorKind::configuration, "cannot open \"" + url.display() + "\": " + std::move(reason) +
                                          "; it looks like mock: or mock:?keyspace=catalog&record=false"};
}

OpenedDriver open_mock(const Url& url) {
    if (!url.hosts().empty() || !url.path().empty()) return refuse(url, "mock: takes neither host nor path");
    std::string keyspace;
    bool record = true;
    for (const auto& [name, value] : url.options()) {
        if (name == "keyspace")
            keyspace = value;
        else if (name == "record" && (value == "true" || value == "false"))
            record = value == "true";
        else
            return refuse(url, "mock: does not know the option \"" + name + '=' + value + '"');
    }
    auto driver = std::make_shared<MockDriver>(std::move(keyspace));
    driver->record(record);
    return driver;
}

}  // namespace

void detail::register_builtin_schemes(void (*add)(std::string_view scheme, DriverFactory factory)) {
    add("mock", open_mock);
}

}  // namespace coodie
