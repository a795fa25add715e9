/* Many connections at once: opens them all, echoes on each, holds them, closes them.
 *
 *   echo_hold HOST PORT CONNECTIONS BYTES [LIMIT_SECONDS]
 *
 * When all are connected, sends BYTES bytes on each and checks that every byte comes back; prints
 * "HELD n" and waits for a line on standard input, or its end; then ends every stream, awaits the
 * server's end of each, and prints "CLOSED n". Each of these phases may take LIMIT_SECONDS
 * (default 60); a phase that takes longer, or anything else that is wrong, is told and ends the
 * program with status 1. */
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/epoll.h>

#include "net.h"

enum {
    PATTERN_BYTES = 1 << 16,
    EVENTS_MAX = 512,
    CONNECTIONS_PER_ADDRESS = 5000, /* well below the ports that one source address has */
    DESCRIPTORS_RESERVED = 16,
};

struct connection {
    int fd;
    bool closed;
    long sent_bytes, received_bytes;
};

static struct connection *connections;
static long connection_count, byte_count;
static long echoed_count, closed_count;
static int epoll_fd;
static int64_t limit_nanos, deadline_nanos;

/* Twice the pattern in a row, so that every run of PATTERN_BYTES is in one piece. */
static char pattern[2 * PATTERN_BYTES];

static void make_pattern(void)
{
    uint32_t state = 2463534242;
    for (int index = 0; index < PATTERN_BYTES; index++) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        pattern[index] = pattern[index + PATTERN_BYTES] = (char)state;
    }
}

/* What this connection's stream has at the position; each connection starts somewhere else. */
static const char *expected(const struct connection *connection, long position)
{
    return &pattern[((connection - connections) * 977 + position) % PATTERN_BYTES];
}

static long shorter(long a, long b)
{
    return a < b ? a : b;
}

static void start_phase(void)
{
    deadline_nanos = now_nanos() + limit_nanos;
}

static int millis_left(void)
{
    int64_t nanos = deadline_nanos - now_nanos();
    return nanos <= 0 ? 0 : (int)(nanos / 1000000 + 1);
}

__attribute__((noreturn)) static void too_late(const char *what, long done)
{
    die("time limit of %ld seconds: %s %ld of %ld connections",
        (long)(limit_nanos / NANOS_PER_SECOND), what, done, connection_count);
}

/* One source address has 28,000 ports by default, and others use them too; loopback has
 * 16 million addresses. Elsewhere there is only one's own. */
static void bind_source(int fd, long index, const struct sockaddr_in *server)
{
    if (ntohl(server->sin_addr.s_addr) >> 24 != 127)
        return;
    struct sockaddr_in source = {
        .sin_family = AF_INET,
        .sin_addr.s_addr =
            htonl(INADDR_LOOPBACK + (uint32_t)(index / CONNECTIONS_PER_ADDRESS)),
    };
    set_option(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
    if (bind(fd, (struct sockaddr *)&source, sizeof source))
        die("binding connection %ld: %s", index + 1, strerror(errno));
}

/* Blocking connects, one after another: quick on loopback, and never more than one in the way of
 * the server's backlog. */
static void connect_all(const struct sockaddr_in *server)
{
    for (long index = 0; index < connection_count; index++) {
        struct connection *connection = &connections[index];
        int left = millis_left();
        if (left == 0)
            too_late("connected", index);
        struct timeval timeout = {.tv_sec = left / 1000, .tv_usec = left % 1000 * 1000};
        connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connection->fd < 0)
            die("socket %ld: %s", index + 1, strerror(errno));
        bind_source(connection->fd, index, server);
        setsockopt(connection->fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
        if (connect(connection->fd, (const struct sockaddr *)server, sizeof *server)) {
            if (errno == EINPROGRESS)
                too_late("connected", index);
            die("connection %ld of %ld: %s", index + 1, connection_count, strerror(errno));
        }
        fcntl(connection->fd, F_SETFL, O_NONBLOCK);
        set_option(connection->fd, IPPROTO_TCP, TCP_NODELAY, 1);
    }
}

/* Sends as much as the socket takes. */
static void send_some(struct connection *connection)
{
    while (connection->sent_bytes < byte_count) {
        ssize_t sent = send(connection->fd, expected(connection, connection->sent_bytes),
                            (size_t)shorter(PATTERN_BYTES, byte_count - connection->sent_bytes),
                            MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN)
            return;
        if (sent < 0)
            die("sending on connection %ld: %s", (long)(connection - connections), strerror(errno));
        connection->sent_bytes += sent;
    }
}

static void end_of_stream(struct connection *connection)
{
    if (connection->received_bytes < byte_count)
        die("connection %ld: the server closed after %ld of %ld bytes",
            (long)(connection - connections), connection->received_bytes, byte_count);
    if (!connection->closed) {
        connection->closed = true;
        closed_count++;
    }
}

/* Receives and compares all that is there. */
static void receive_some(struct connection *connection)
{
    static char buffer[PATTERN_BYTES];
    while (!connection->closed) {
        ssize_t received = recv(connection->fd, buffer, sizeof buffer, 0);
        if (received < 0 && errno == EAGAIN)
            return;
        if (received < 0)
            die("receiving on connection %ld: %s", (long)(connection - connections),
                strerror(errno));
        if (received == 0) {
            end_of_stream(connection);
            return;
        }
        if (received > connection->sent_bytes - connection->received_bytes)
            die("connection %ld: more bytes came than were sent", (long)(connection - connections));
        if (memcmp(buffer, expected(connection, connection->received_bytes), (size_t)received))
            die("connection %ld: bytes differ after position %ld",
                (long)(connection - connections), connection->received_bytes);
        connection->received_bytes += received;
        if (connection->received_bytes == byte_count)
            echoed_count++;
    }
}

/* Works events off until *done reaches the number of connections. Edge-triggered: a socket that
 * stays writable must not wake us again and again. */
static void work_until_all(const char *what, const long *done)
{
    struct epoll_event events[EVENTS_MAX];
    while (*done < connection_count) {
        int count = epoll_wait(epoll_fd, events, EVENTS_MAX, millis_left());
        if (count < 0 && errno != EINTR)
            die("epoll_wait: %s", strerror(errno));
        if (count <= 0 && millis_left() == 0)
            too_late(what, *done);
        for (int index = 0; index < count; index++) {
            struct connection *connection = events[index].data.ptr;
            if (events[index].events & EPOLLOUT)
                send_some(connection);
            if (events[index].events & ~EPOLLOUT)
                receive_some(connection);
        }
    }
}

static void echo_on_all(void)
{
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (byte_count == 0)
        echoed_count = connection_count;
    for (long index = 0; index < connection_count; index++) {
        struct epoll_event event = {
            .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
            .data.ptr = &connections[index],
        };
        /* Adding reports what holds already, so the first event starts the sending. */
        if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, connections[index].fd, &event))
            die("epoll_ctl: %s", strerror(errno));
    }
    work_until_all("echoed all bytes on", &echoed_count);
}

/* A connection that the server ends meanwhile is noticed in the closing phase, or as an error. */
static void hold(void)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    char byte;
    do {
        if (poll(&input, 1, millis_left()) <= 0)
            die("time limit of %ld seconds: no line on standard input while holding",
                (long)(limit_nanos / NANOS_PER_SECOND));
    } while (read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n');
}

static void close_all(void)
{
    for (long index = 0; index < connection_count; index++)
        shutdown(connections[index].fd, SHUT_WR);
    work_until_all("saw the server's end of", &closed_count);
    for (long index = 0; index < connection_count; index++)
        close(connections[index].fd);
}

static void announce(const char *event)
{
    printf("%s %ld\n", event, connection_count);
    fflush(stdout);
}

int main(int argument_count, char **arguments)
{
    if (argument_count != 5 && argument_count != 6)
        die("usage: echo_hold HOST PORT CONNECTIONS BYTES [LIMIT_SECONDS]");
    struct sockaddr_in server = endpoint_argument(arguments[1], arguments[2]);
    connection_count = number_argument("CONNECTIONS", arguments[3], 1,
                                       raise_file_limit() - DESCRIPTORS_RESERVED);
    byte_count = number_argument("BYTES", arguments[4], 0, 1L << 30);
    limit_nanos = argument_count == 6 ? seconds_argument("LIMIT_SECONDS", arguments[5])
                                      : 60 * NANOS_PER_SECOND;
    connections = calloc((size_t)connection_count, sizeof *connections);
    if (!connections)
        die("not enough memory for %ld connections", connection_count);
    make_pattern();

    start_phase();
    connect_all(&server);
    start_phase();
    echo_on_all();
    announce("HELD");
    start_phase();
    hold();
    start_phase();
    close_all();
    announce("CLOSED");
    return 0;
}
