// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/folder_state.hpp"

#include "embedded/storage/crc32c.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <array>
#include <charconv>

namespace coodie::embedded::storage {

namespace {

constexpr std::string_view title = "coodie store 1\n";
constexpr std::array<std::string_view, 3> phases{"made", "open", "closed"};

template <class Number>
bool read_number(std::string_view text, Number& out) {
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
    return failure == std::errc() && end == text.data() + text.size();
}

/// The text up to `end`, which is taken, too.
std::string_view take_until(std::string_view& text, char end) {
    const std::size_t at = std::min(text.find(end), text.size());
    const std::string_view taken = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return taken;
}

bool read_line(std::string_view line, FolderState& out) {
    const std::string_view word = take_until(line, ' ');
    if (word == "phase") {
        for (std::size_t i = 0; i < phases.size(); ++i) {
            if (line == phases[i]) out.phase = static_cast<FolderState::Phase>(i);
        }
        return true;
    }
    FolderState::File file;
    file.name = take_until(line, ' ');
    if (word != "file" || !read_number(take_until(line, ' '), file.size)) return false;
    if (std::uint32_t checksum = 0; line != "-") {
        if (!read_number(line, checksum)) return false;
        file.checksum = checksum;
    }
    out.files.push_back(std::move(file));
    return true;
}

bool write_all(int fd, std::string_view contents) {
    while (!contents.empty()) {
        const ssize_t written = ::write(fd, contents.data(), contents.size());
        if (written <= 0) return false;
        contents.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

std::string FolderState::to_text() const {
    std::string text(title);
    text.append("phase ").append(phases[static_cast<std::size_t>(phase)]).append("\n");
    for (const File& file : files) {
        text.append("file ").append(file.name).append(" ").append(std::to_string(file.size)).append(" ");
        text.append(file.checksum ? std::to_string(*file.checksum) : "-").append("\n");
    }
    const std::uint32_t checksum = crc32c(0, text);
    return text.append("checksum ").append(std::to_string(checksum)).append("\n");
}

std::optional<FolderState> FolderState::from_text(std::string_view text) {
    const std::size_t end = text.rfind("checksum ");
    if (end == std::string_view::npos || !text.starts_with(title) || !text.ends_with('\n'))
        return std::nullopt;
    std::string_view sum = text.substr(end);
    sum.remove_prefix(std::string_view("checksum ").size());
    sum.remove_suffix(1);
    std::uint32_t stored = 0;
    if (!read_number(sum, stored) || stored != crc32c(0, text.substr(0, end))) return std::nullopt;
    FolderState state;
    text = text.substr(title.size(), end - title.size());
    while (!text.empty()) {
        if (!read_line(take_until(text, '\n'), state)) return std::nullopt;
    }
    return state;
}

std::optional<std::string> read_file(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return std::nullopt;
    std::string contents;
    constexpr std::size_t step = 1U << 20U;
    ssize_t got = 0;
    do {
        const std::size_t size = contents.size();
        contents.resize(size + step);
        got = ::read(fd, contents.data() + size, step);
        contents.resize(size + static_cast<std::size_t>(got > 0 ? got : 0));
    } while (got > 0);
    ::close(fd);
    if (got < 0) return std::nullopt;
    return contents;
}

bool sync_folder(const std::string& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    const bool synced = ::fsync(fd) == 0;
    return ::close(fd) == 0 && synced;
}

bool replace_file(const std::string& folder, const std::string& name, std::string_view contents) {
    const std::string path = folder + "/" + name;
    const std::string fresh = path + ".new";
    const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) return false;
    bool good = write_all(fd, contents) && ::fsync(fd) == 0;
    good = ::close(fd) == 0 && good;
    return good && ::rename(fresh.c_str(), path.c_str()) == 0 && sync_folder(folder);
}

}  // namespace coodie::embedded::storage
