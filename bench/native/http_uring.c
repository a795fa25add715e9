/* An HTTP server that answers every request with the same reply, as the floor for others: multishot
 * accept and receive, one buffer ring, one enter per turn.
 *
 *   http_uring PORT [close]
 *
 * Replies to the requests that come together leave together. With "close" each connection ends when
 * it has been answered, as HTTP/1.0 has it. Prints "ready port=N" when it listens on 127.0.0.1, and
 * ends by SIGTERM or SIGINT. */
#include "uring.h"

#include "http.h"

enum { SQ_ENTRIES = 1024, CQ_ENTRIES = 8192, BACKLOG = 4096 };

enum kind { ACCEPT, RECEIVE, SEND, SHUTDOWN, CLOSE };

struct connection {
    unsigned replies; /* due, those that are being sent included */
    unsigned sending; /* replies that the kernel has */
    unsigned char matched;
    bool receiving;
    bool broken; /* nothing more is sent */
};

static struct uring ring;
static struct pool pool;
static struct connection *connections; /* by file descriptor */
static int listener;
static bool closes;

static uint64_t user_data(enum kind kind, int fd)
{
    return (uint64_t)fd << 8 | kind;
}

static void arm_accept(void)
{
    uring_accept(&ring, listener, user_data(ACCEPT, listener));
}

static void arm_receive(int fd)
{
    connections[fd].receiving = true;
    uring_receive(&ring, fd, user_data(RECEIVE, fd));
}

static void send_replies(int fd)
{
    struct connection *connection = &connections[fd];
    if (connection->sending > 0 || connection->replies == 0 || connection->broken)
        return;
    connection->sending =
        connection->replies < HTTP_REPLIES ? connection->replies : HTTP_REPLIES;
    struct io_uring_sqe *sqe = uring_send(&ring, fd, http_replies,
                                          connection->sending * HTTP_REPLY_BYTES,
                                          user_data(SEND, fd));
    sqe->msg_flags |= MSG_WAITALL; /* the kernel goes on after a short send */
}

static void close_when_idle(int fd)
{
    struct connection *connection = &connections[fd];
    if (connection->receiving || connection->sending > 0)
        return;
    struct io_uring_sqe *sqe = uring_sqe(&ring);
    sqe->opcode = IORING_OP_CLOSE;
    sqe->fd = fd;
    sqe->user_data = user_data(CLOSE, fd);
}

/* Ends the receive too, whose completion closes. */
static void shut_down(int fd)
{
    connections[fd].broken = true;
    struct io_uring_sqe *sqe = uring_sqe(&ring);
    sqe->opcode = IORING_OP_SHUTDOWN;
    sqe->fd = fd;
    sqe->len = SHUT_RDWR;
    sqe->user_data = user_data(SHUTDOWN, fd);
}

static void on_accept(const struct completion *completion)
{
    if (completion->result >= 0) {
        connections[completion->result] = (struct connection){0};
        arm_receive(completion->result);
    }
    if (!(completion->flags & IORING_CQE_F_MORE))
        arm_accept();
}

static void on_receive(int fd, const struct completion *completion)
{
    struct connection *connection = &connections[fd];
    if (completion->flags & IORING_CQE_F_BUFFER) {
        unsigned id = pool_taken(&pool, completion);
        if (completion->result > 0)
            connection->replies += http_requests(
                pool_data(&pool, id), (unsigned)completion->result, &connection->matched);
        pool_put_back(&pool, id);
        send_replies(fd);
    }
    if (completion->flags & IORING_CQE_F_MORE)
        return;
    connection->receiving = false;
    if (completion->result == -ENOBUFS)
        pool.ran_short = true;
    if (completion->result > 0 || completion->result == -ENOBUFS)
        arm_receive(fd);
    else
        close_when_idle(fd);
}

static void on_send(int fd, const struct completion *completion)
{
    struct connection *connection = &connections[fd];
    unsigned sent = connection->sending;
    connection->sending = 0;
    bool whole = completion->result == (int)(sent * HTTP_REPLY_BYTES);
    if (!whole || closes) {
        shut_down(fd);
    } else {
        connection->replies -= sent;
        send_replies(fd);
    }
    if (!connection->receiving)
        close_when_idle(fd);
}

static void on_completion(const struct completion *completion)
{
    int fd = (int)(completion->user_data >> 8);
    switch ((enum kind)(completion->user_data & 0xff)) {
    case ACCEPT:
        on_accept(completion);
        break;
    case RECEIVE:
        on_receive(fd, completion);
        break;
    case SEND:
        on_send(fd, completion);
        break;
    case SHUTDOWN:
    case CLOSE:
        break;
    }
}

int main(int argument_count, char **arguments)
{
    closes = argument_count == 3 && !strcmp(arguments[2], "close");
    if (argument_count != 2 && !closes)
        die("usage: http_uring PORT [close]");
    long descriptors = raise_file_limit();
    connections = map_or_die((size_t)descriptors * sizeof *connections,
                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    http_open();
    uring_open(&ring, SQ_ENTRIES, CQ_ENTRIES);
    pool_open(&pool, &ring);
    listener = listen_or_die(arguments[1], BACKLOG);
    arm_accept();
    for (;;) { /* a signal ends the process: there is nothing to leave in order */
        pool_publish(&pool);
        uring_enter(&ring, 1, NULL);
        for (unsigned end = uring_cq_end(&ring); ring.cq_local_head != end;) {
            struct completion completion = uring_take(&ring);
            on_completion(&completion);
        }
    }
}
