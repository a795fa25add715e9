/* Peers that send and never read: opens connections and writes to each until it takes no more.
 *
 *   stuff HOST PORT CONNECTIONS BYTES_MAX
 *
 * Writes up to BYTES_MAX bytes to each connection, as far as they are taken within two seconds of
 * the last progress; prints "STUFFED connections=N bytes=B" and holds everything until a line on
 * standard input, or its end. */
#include <poll.h>
#include <stdbool.h>

#include "net.h"

enum {
    CHUNK_BYTES = 1 << 16,
    QUIET_MILLIS = 2000,
};

static char chunk[CHUNK_BYTES];

/* Whether the connection took anything; it is not asked again once it has all. */
static bool push(struct pollfd *poller, long *left)
{
    size_t wanted = *left < CHUNK_BYTES ? (size_t)*left : CHUNK_BYTES;
    ssize_t written = send(poller->fd, chunk, wanted, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (written < 0 && errno != EAGAIN)
        die("send: %s", strerror(errno));
    if (written <= 0)
        return false;
    *left -= written;
    if (*left == 0)
        poller->events = 0;
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 5)
        die("usage: stuff HOST PORT CONNECTIONS BYTES_MAX");
    struct sockaddr_in server = endpoint_argument(argv[1], argv[2]);
    long count = number_argument("CONNECTIONS", argv[3], 1, 10000);
    long bytes_max = number_argument("BYTES_MAX", argv[4], 1, 1L << 40);
    long total = 0;
    struct pollfd *pollers = calloc((size_t)count, sizeof *pollers);
    long *left = calloc((size_t)count, sizeof *left);
    if (!pollers || !left)
        die("no memory");
    for (long index = 0; index < count; index++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        if (fd < 0 || connect(fd, (struct sockaddr *)&server, sizeof server) < 0)
            die("connect: %s", strerror(errno));
        pollers[index] = (struct pollfd){.fd = fd, .events = POLLOUT};
        left[index] = bytes_max;
    }
    while (poll(pollers, (nfds_t)count, QUIET_MILLIS) > 0)
        for (long index = 0; index < count; index++)
            if (pollers[index].revents & (POLLERR | POLLHUP))
                die("the server has ended connection %ld", index);
            else if (pollers[index].revents & POLLOUT)
                push(&pollers[index], &left[index]);
    for (long index = 0; index < count; index++)
        total += bytes_max - left[index];
    printf("STUFFED connections=%ld bytes=%ld\n", count, total);
    fflush(stdout);
    getchar();
    return 0;
}
