/* A server that streams, as the floor for others: to each connection as many bytes as the line asks
 * for that it sends, and then its end.
 *
 *   stream uring|epoll PORT
 *
 * On io_uring one send at a time for each connection, of up to 1 MiB; the kernel goes on after a short
 * one. On epoll, level-triggered, a send of up to 1 MiB for each event. Prints "ready port=N" when it
 * listens on 127.0.0.1, and ends by SIGTERM or SIGINT. */
#define _GNU_SOURCE
#include <sys/epoll.h>

#include "uring.h"

#include "stream.h"

enum { SQ_ENTRIES = 256, CQ_ENTRIES = 1024, BACKLOG = 4096, EVENTS = 512 };

enum kind { ACCEPT, RECEIVE, SEND, CLOSE };

struct connection {
    char line[LINE_BYTES_MAX];
    unsigned line_bytes;
    bool asked;
    unsigned offset; /* in the pattern */
    uint64_t left;
};

static struct connection *connections; /* by file descriptor */
static struct uring ring;
static int listener, epoll;

/* Takes what has been received behind the line's begin; false if it is not a line of one number. */
static bool on_line(struct connection *connection, long count)
{
    if (count <= 0)
        return false;
    connection->line_bytes += (unsigned)count;
    if (connection->line[connection->line_bytes - 1] != '\n')
        return connection->line_bytes < LINE_BYTES_MAX;
    connection->line[connection->line_bytes - 1] = 0;
    char *end;
    connection->left = strtoull(connection->line, &end, 10);
    connection->asked = true;
    return end != connection->line && !*end;
}

static unsigned next_piece(const struct connection *connection)
{
    return connection->left < PIECE_BYTES ? (unsigned)connection->left : PIECE_BYTES;
}

static void sent(struct connection *connection, unsigned count)
{
    connection->left -= count;
    connection->offset = (connection->offset + count) % PATTERN_BYTES;
}

static uint64_t user_data(enum kind kind, int fd)
{
    return (uint64_t)fd << 8 | kind;
}

static void arm_accept(void)
{
    uring_accept(&ring, listener, user_data(ACCEPT, listener));
}

/* What comes next on a connection: the rest of the line, a piece, or its end. */
static void go_on(int fd, bool broken)
{
    struct connection *connection = &connections[fd];
    if (broken || (connection->asked && connection->left == 0)) {
        struct io_uring_sqe *sqe = uring_sqe(&ring);
        sqe->opcode = IORING_OP_CLOSE;
        sqe->fd = fd;
        sqe->user_data = user_data(CLOSE, fd);
    } else if (connection->asked) {
        struct io_uring_sqe *sqe = uring_send(&ring, fd, pattern + connection->offset,
                                              next_piece(connection), user_data(SEND, fd));
        sqe->msg_flags |= MSG_WAITALL;
    } else {
        struct io_uring_sqe *sqe = uring_sqe(&ring);
        sqe->opcode = IORING_OP_RECV;
        sqe->fd = fd;
        sqe->addr = (uintptr_t)(connection->line + connection->line_bytes);
        sqe->len = LINE_BYTES_MAX - connection->line_bytes;
        sqe->user_data = user_data(RECEIVE, fd);
    }
}

static void on_completion(const struct completion *completion)
{
    int fd = (int)(completion->user_data >> 8);
    switch ((enum kind)(completion->user_data & 0xff)) {
    case ACCEPT:
        if (completion->result >= 0) {
            connections[completion->result] = (struct connection){0};
            go_on(completion->result, false);
        }
        if (!(completion->flags & IORING_CQE_F_MORE))
            arm_accept();
        break;
    case RECEIVE:
        go_on(fd, !on_line(&connections[fd], completion->result));
        break;
    case SEND:
        if (completion->result > 0)
            sent(&connections[fd], (unsigned)completion->result);
        go_on(fd, completion->result <= 0);
        break;
    case CLOSE:
        break;
    }
}

__attribute__((noreturn)) static void serve_on_uring(void)
{
    uring_open(&ring, SQ_ENTRIES, CQ_ENTRIES);
    arm_accept();
    for (;;) { /* a signal ends the process: there is nothing to leave in order */
        uring_enter(&ring, 1, NULL);
        for (unsigned end = uring_cq_end(&ring); ring.cq_local_head != end;) {
            struct completion completion = uring_take(&ring);
            on_completion(&completion);
        }
    }
}

static void watch(int operation, int fd, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.fd = fd};
    if (epoll_ctl(epoll, operation, fd, &event))
        die("epoll_ctl: %s", strerror(errno));
}

static bool is_later(ssize_t result)
{
    return result < 0 && (errno == EAGAIN || errno == EINTR);
}

/* One receive or one send; false if the connection has ended. */
static bool on_event(int fd)
{
    struct connection *connection = &connections[fd];
    if (connection->asked) {
        ssize_t count = send(fd, pattern + connection->offset, next_piece(connection), MSG_NOSIGNAL);
        if (count > 0)
            sent(connection, (unsigned)count);
        return count > 0 ? connection->left > 0 : is_later(count);
    }
    ssize_t count = recv(fd, connection->line + connection->line_bytes,
                         LINE_BYTES_MAX - connection->line_bytes, 0);
    if (is_later(count))
        return true;
    if (!on_line(connection, count))
        return false;
    if (connection->asked)
        watch(EPOLL_CTL_MOD, fd, EPOLLOUT);
    return !connection->asked || connection->left > 0;
}

static void on_connections(void)
{
    int fd;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        connections[fd] = (struct connection){0};
        watch(EPOLL_CTL_ADD, fd, EPOLLIN);
    }
}

__attribute__((noreturn)) static void serve_on_epoll(void)
{
    epoll = epoll_create1(EPOLL_CLOEXEC);
    set_nonblocking(listener);
    watch(EPOLL_CTL_ADD, listener, EPOLLIN);
    for (;;) {
        struct epoll_event events[EVENTS];
        int count = epoll_wait(epoll, events, EVENTS, -1);
        for (int index = 0; index < count; index++) {
            int fd = events[index].data.fd;
            if (fd == listener)
                on_connections();
            else if (!on_event(fd))
                close(fd); /* leaves the epoll set by itself */
        }
    }
}

int main(int argument_count, char **arguments)
{
    bool on_uring = argument_count == 3 && !strcmp(arguments[1], "uring");
    if (argument_count != 3 || (!on_uring && strcmp(arguments[1], "epoll")))
        die("usage: stream uring|epoll PORT");
    long descriptors = raise_file_limit();
    connections = map_or_die((size_t)descriptors * sizeof *connections,
                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    pattern_open();
    listener = listen_or_die(arguments[2], BACKLOG);
    if (on_uring)
        serve_on_uring();
    serve_on_epoll();
}
