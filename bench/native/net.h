/* What the programs share besides io_uring: arguments, time, file limits, socket options. */
#ifndef BENCH_NET_H
#define BENCH_NET_H

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const int64_t NANOS_PER_SECOND = 1000000000;

static inline int64_t now_nanos(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * NANOS_PER_SECOND + now.tv_nsec;
}

/* Says what went wrong and ends the program. */
__attribute__((noreturn, format(printf, 1, 2))) static inline void die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}

static inline long number_argument(const char *name, const char *text, long min, long max)
{
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno || end == text || *end || value < min || value > max)
        die("%s: a whole number from %ld to %ld is wanted, not '%s'", name, min, max, text);
    return value;
}

static inline int64_t seconds_argument(const char *name, const char *text)
{
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end || !(value >= 0 && value <= 86400))
        die("%s: seconds from 0 to 86400 are wanted, not '%s'", name, text);
    return (int64_t)(value * (double)NANOS_PER_SECOND);
}

static inline struct sockaddr_in endpoint_argument(const char *host, const char *port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)number_argument("PORT", port, 0, 65535)),
    };
    if (inet_pton(AF_INET, host, &address.sin_addr) != 1)
        die("HOST: a numeric IPv4 address is wanted, not '%s'", host);
    return address;
}

/* Raises the soft limit of open files to the hard one, and returns it. Some containers allow a
 * thousand million: what is sized by the limit must stay sane, hence the cap. */
static inline long raise_file_limit(void)
{
    const rlim_t cap = 1 << 20;
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit))
        die("getrlimit: %s", strerror(errno));
    limit.rlim_cur = limit.rlim_max < cap ? limit.rlim_max : cap;
    if (setrlimit(RLIMIT_NOFILE, &limit))
        die("setrlimit: %s", strerror(errno));
    return (long)limit.rlim_cur;
}

static inline void set_option(int fd, int level, int option, int value)
{
    if (setsockopt(fd, level, option, &value, sizeof value))
        die("setsockopt %d: %s", option, strerror(errno));
}

/* A listening socket on 127.0.0.1, whose port it says: "ready port=N". */
static inline int listen_or_die(const char *port, int backlog)
{
    struct sockaddr_in address = endpoint_argument("127.0.0.1", port);
    socklen_t bytes = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        die("socket: %s", strerror(errno));
    set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1); /* accepted sockets inherit it */
    if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, backlog) ||
        getsockname(fd, (struct sockaddr *)&address, &bytes))
        die("listening on port %s: %s", port, strerror(errno));
    printf("ready port=%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return fd;
}

static inline void set_nonblocking(int fd)
{
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK))
        die("fcntl: %s", strerror(errno));
}

#endif
