/* Short connections, one after the other: connect, echo one message, end, again.
 *
 *   echo_churn HOST PORT COUNT
 *
 * Prints one line of key=value: connections, seconds. Anything that is wrong is told and ends the
 * program with status 1. */
#include "net.h"

enum { MESSAGE_BYTES = 64 };

static void echo_once(const struct sockaddr_in *server)
{
    char sent[MESSAGE_BYTES], received[MESSAGE_BYTES];
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0)
        die("socket: %s", strerror(errno));
    if (connect(fd, (const struct sockaddr *)server, sizeof *server) < 0)
        die("connect: %s", strerror(errno));
    memset(sent, 'x', sizeof sent);
    if (send(fd, sent, sizeof sent, MSG_NOSIGNAL) != MESSAGE_BYTES)
        die("send: %s", strerror(errno));
    if (recv(fd, received, sizeof received, MSG_WAITALL) != MESSAGE_BYTES)
        die("the reply is not whole: %s", strerror(errno));
    if (memcmp(sent, received, sizeof sent) != 0)
        die("the reply is not what was sent");
    if (shutdown(fd, SHUT_WR) < 0)
        die("shutdown: %s", strerror(errno));
    if (recv(fd, received, sizeof received, 0) != 0)
        die("the server does not end its stream");
    close(fd);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        die("usage: echo_churn HOST PORT COUNT");
    struct sockaddr_in server = endpoint_argument(argv[1], argv[2]);
    long count = number_argument("COUNT", argv[3], 1, 100000000);
    int64_t start_nanos = now_nanos();
    for (long index = 0; index < count; index++)
        echo_once(&server);
    printf("connections=%ld seconds=%.3f\n", count,
           (double)(now_nanos() - start_nanos) / NANOS_PER_SECOND);
    return 0;
}
