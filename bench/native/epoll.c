/* An echo or HTTP server on epoll, as the floor of that interface: level-triggered, one read and one
 * write for each event.
 *
 *   epoll echo|http|http-close PORT
 *
 * HTTP answers every request with the same reply; replies to those that come together leave together.
 * With http-close each connection ends when it has been answered, as HTTP/1.0 has it.
 * While a peer does not take what it is owed, nothing is read from it. Prints "ready port=N" when it
 * listens on 127.0.0.1, and ends by SIGTERM or SIGINT. */
#define _GNU_SOURCE
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/mman.h>

#include "http.h"
#include "net.h"

enum { EVENTS = 512, READ_BYTES = 1 << 16, BACKLOG = 4096 };

/* What a peer is owed and has not taken yet. */
struct connection {
    char *rest;
    size_t offset, bytes;
    unsigned char matched;
};

static struct connection *connections; /* by file descriptor */
static int epoll, listener;
static bool http, closes;

static void watch(int operation, int fd, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.fd = fd};
    if (epoll_ctl(epoll, operation, fd, &event))
        die("epoll_ctl: %s", strerror(errno));
}

static void drop(int fd)
{
    free(connections[fd].rest);
    connections[fd] = (struct connection){0};
    close(fd); /* leaves the epoll set by itself */
}

/* Bytes written, fewer if the socket is full; -1 if the connection is gone. */
static ssize_t write_some(int fd, const char *bytes, size_t count)
{
    ssize_t written = send(fd, bytes, count, MSG_NOSIGNAL);
    return written < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : written;
}

/* Writes, and keeps what the socket does not take; false if the connection is gone. */
static bool reply(int fd, const char *bytes, size_t count)
{
    struct connection *connection = &connections[fd];
    ssize_t written = connection->rest ? 0 : write_some(fd, bytes, count);
    if (written < 0)
        return false;
    if ((size_t)written == count)
        return true;
    size_t left = count - (size_t)written;
    connection->rest = realloc(connection->rest, connection->bytes + left);
    if (!connection->rest)
        die("not enough memory for %zu bytes", connection->bytes + left);
    memcpy(connection->rest + connection->bytes, bytes + written, left);
    connection->bytes += left;
    watch(EPOLL_CTL_MOD, fd, EPOLLOUT);
    return true;
}

/* False if the connection is gone, or has been answered for good. */
static bool answer(int fd, const char *bytes, size_t count)
{
    if (!http)
        return reply(fd, bytes, count);
    unsigned requests = http_requests(bytes, (unsigned)count, &connections[fd].matched);
    bool last = closes && requests > 0;
    while (requests > 0) {
        unsigned together = requests < HTTP_REPLIES ? requests : HTTP_REPLIES;
        if (!reply(fd, http_replies, together * HTTP_REPLY_BYTES))
            return false;
        requests -= together;
    }
    return !last || connections[fd].rest;
}

static void on_readable(int fd)
{
    static char bytes[READ_BYTES];
    ssize_t count = recv(fd, bytes, sizeof bytes, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0 || !answer(fd, bytes, (size_t)count))
        drop(fd);
}

static void on_writable(int fd)
{
    struct connection *connection = &connections[fd];
    ssize_t written = write_some(fd, connection->rest + connection->offset,
                                 connection->bytes - connection->offset);
    if (written < 0) {
        drop(fd);
        return;
    }
    connection->offset += (size_t)written;
    if (connection->offset == connection->bytes && closes) {
        drop(fd);
    } else if (connection->offset == connection->bytes) {
        unsigned char matched = connection->matched;
        free(connection->rest);
        *connection = (struct connection){.matched = matched};
        watch(EPOLL_CTL_MOD, fd, EPOLLIN);
    }
}

static void on_connections(void)
{
    int fd;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
        watch(EPOLL_CTL_ADD, fd, EPOLLIN);
}

int main(int argument_count, char **arguments)
{
    closes = argument_count == 3 && !strcmp(arguments[1], "http-close");
    http = closes || (argument_count == 3 && !strcmp(arguments[1], "http"));
    if (argument_count != 3 || (!http && strcmp(arguments[1], "echo")))
        die("usage: epoll echo|http|http-close PORT");
    long descriptors = raise_file_limit();
    connections = mmap(NULL, (size_t)descriptors * sizeof *connections, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (connections == MAP_FAILED)
        die("mmap: %s", strerror(errno));
    http_open();
    epoll = epoll_create1(EPOLL_CLOEXEC);
    listener = listen_or_die(arguments[2], BACKLOG);
    set_nonblocking(listener);
    watch(EPOLL_CTL_ADD, listener, EPOLLIN);
    for (;;) { /* a signal ends the process: there is nothing to leave in order */
        struct epoll_event events[EVENTS];
        int count = epoll_wait(epoll, events, EVENTS, -1);
        for (int index = 0; index < count; index++) {
            int fd = events[index].data.fd;
            if (fd == listener)
                on_connections();
            else if (connections[fd].rest)
                on_writable(fd);
            else
                on_readable(fd);
        }
    }
}
