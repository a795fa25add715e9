/* Takes what streaming servers send: so many MiB, shared by so many connections, so many times. Each
 * connection is told how many bytes to send, in a line; all of them are compared with what they should
 * be, and behind them must come its end.
 *
 *   stream_load HOST PORT CONNECTIONS MEBIBYTES TIMES
 *
 * Prints MEASURE before and DONE after, so that a script can read the server's CPU time at these
 * moments, and then one line of key=value; a "message" is a MiB. Exit status 1 if anything failed. */
#define _GNU_SOURCE
#include <stdbool.h>
#include <sys/epoll.h>

#include "net.h"

#include "stream.h"

enum { CONNECTIONS_MAX = 10000, STALL_MILLIS = 10000, EVENTS = 64, READ_BYTES = 1 << 18 };

static uint64_t left[1 << 20]; /* by file descriptor */
static unsigned place[1 << 20]; /* in the pattern */
static char bytes[READ_BYTES];

static void open_connection(int epoll, const struct sockaddr_in *server, uint64_t wanted)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (const struct sockaddr *)server, sizeof *server))
        die("connecting: %s", strerror(errno));
    left[fd] = wanted;
    place[fd] = 0;
    set_nonblocking(fd);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event))
        die("epoll_ctl: %s", strerror(errno));
    char line[32];
    int count = snprintf(line, sizeof line, "%llu\n", (unsigned long long)wanted);
    if (send(fd, line, (size_t)count, MSG_NOSIGNAL) != count)
        die("asking: %s", strerror(errno));
}

/* True if that was all of a connection. */
static bool receive(int fd)
{
    ssize_t count = recv(fd, bytes, sizeof bytes, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (count < 0)
        die("receiving: %s", strerror(errno));
    if ((uint64_t)count > left[fd] || (count == 0 && left[fd] > 0))
        die("a stream has %s bytes than were asked for, %llu were due", count ? "more" : "fewer",
            (unsigned long long)left[fd]);
    if (memcmp(bytes, pattern + place[fd], (size_t)count))
        die("a stream has other bytes than it should, %llu before its end",
            (unsigned long long)left[fd]);
    left[fd] -= (uint64_t)count;
    place[fd] = (place[fd] + (unsigned)count) % PATTERN_BYTES;
    if (count == 0)
        close(fd); /* leaves the epoll set by itself */
    return count == 0;
}

static void take_all(int epoll, long connections)
{
    while (connections > 0) {
        struct epoll_event events[EVENTS];
        int count = epoll_wait(epoll, events, EVENTS, STALL_MILLIS);
        if (count == 0)
            die("no byte for %d ms", STALL_MILLIS);
        for (int index = 0; index < count; index++)
            connections -= receive(events[index].data.fd);
    }
}

int main(int argument_count, char **arguments)
{
    if (argument_count != 6)
        die("usage: stream_load HOST PORT CONNECTIONS MEBIBYTES TIMES");
    struct sockaddr_in server = endpoint_argument(arguments[1], arguments[2]);
    long connections = number_argument("CONNECTIONS", arguments[3], 1, CONNECTIONS_MAX);
    long mebibytes = number_argument("MEBIBYTES", arguments[4], 1, 1 << 20);
    long times = number_argument("TIMES", arguments[5], 1, 1 << 20);
    raise_file_limit();
    pattern_open();
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    uint64_t all = (uint64_t)mebibytes << 20;
    puts("MEASURE");
    fflush(stdout);
    int64_t begin = now_nanos();
    for (long time = 0; time < times; time++) {
        for (long index = 0; index < connections; index++) /* the first one takes the remainder */
            open_connection(epoll, &server,
                            all / (uint64_t)connections +
                                (index ? 0 : all % (uint64_t)connections));
        take_all(epoll, connections);
    }
    double seconds = (double)(now_nanos() - begin) / (double)NANOS_PER_SECOND;
    puts("DONE");
    printf("messages=%ld seconds=%.6f\n", mebibytes * times, seconds);
}
