/* A closed-loop echo load: each connection keeps one message in flight.
 *
 *   echo_load HOST PORT CONNECTIONS SIZE SECONDS [WARM_UP_SECONDS]
 *
 * Each message is unique (connection and sequence number) and each reply is compared byte by byte.
 * Prints MEASURE when the warm-up is over and DONE when the measured part is, so that a script can
 * read the server's CPU time at these moments, and then one line of key=value. A message's time
 * runs from the turn in which its predecessor's reply was seen. Exit status 1 if anything failed.
 *
 * Built on io_uring like the server, because the load must cost less than the server does: sends
 * that succeed leave no completion, and one enter per turn does all the rest. */
#include "uring.h"

enum {
    SQ_ENTRIES = 1024,
    CQ_ENTRIES = 8192,
    SEQUENCE_BYTES = 8,
    ERRORS_SHOWN = 5,
    STALL_SECONDS = 10,
    DRAIN_SECONDS = 5,
};

enum kind { RECEIVE, SEND };

struct connection {
    int fd;
    bool waiting; /* a reply is due; false once the connection has failed or is done */
    unsigned received_bytes;
    int64_t started_nanos;
    uint64_t sequence;
    char *message;
};

/* Log-linear: 64 steps per power of two, an error below 1.6 %. */
enum { STEP_BITS = 6, STEPS = 1 << STEP_BITS, BUCKETS = (64 - STEP_BITS + 1) * STEPS };

static struct uring ring;
static struct pool pool;
static struct connection *connections;
static unsigned connection_count, message_bytes;
static unsigned waiting_count;
static int64_t turn_nanos; /* the time, read once per turn */
static bool counting, draining;
static uint64_t message_count, reply_count, error_count;
static uint64_t histogram[BUCKETS];
static uint64_t longest_nanos;

static void record(int64_t nanos)
{
    uint64_t value = nanos > 0 ? (uint64_t)nanos : 0;
    unsigned shift = value < STEPS ? 0 : 63 - STEP_BITS - (unsigned)__builtin_clzll(value);
    histogram[shift * STEPS + (value >> shift)]++;
    if (value > longest_nanos)
        longest_nanos = value;
}

static double percentile_micros(double fraction)
{
    if (message_count == 0)
        return 0;
    uint64_t rank = (uint64_t)((double)message_count * fraction);
    unsigned bucket = 0;
    for (uint64_t seen = histogram[0]; seen <= rank; seen += histogram[bucket])
        bucket++;
    unsigned shift = bucket < 2 * STEPS ? 0 : bucket / STEPS - 1;
    return (double)((uint64_t)(bucket - shift * STEPS) << shift) / 1000;
}

static uint64_t user_data(enum kind kind, const struct connection *connection)
{
    return (uint64_t)(connection - connections) << 1 | kind;
}

static void fail(struct connection *connection, const char *what, int error)
{
    if (!connection->waiting)
        return;
    connection->waiting = false;
    waiting_count--;
    if (error_count++ < ERRORS_SHOWN)
        fprintf(stderr, "connection %ld, message %lu: %s%s%s\n", (long)(connection - connections),
                connection->sequence, what, error ? ": " : "", error ? strerror(error) : "");
    shutdown(connection->fd, SHUT_RDWR);
}

static void send_next(struct connection *connection)
{
    connection->sequence++;
    memcpy(connection->message, &connection->sequence,
           message_bytes < SEQUENCE_BYTES ? message_bytes : SEQUENCE_BYTES);
    connection->received_bytes = 0;
    connection->started_nanos = turn_nanos;
    struct io_uring_sqe *sqe = uring_send(&ring, connection->fd, connection->message,
                                          message_bytes, user_data(SEND, connection));
    /* With WAITALL a short send counts as a failure: so no completion means that all was sent. */
    sqe->msg_flags |= MSG_WAITALL;
    sqe->flags |= IOSQE_CQE_SKIP_SUCCESS;
}

static void on_bytes(struct connection *connection, const char *bytes, unsigned count)
{
    if (!connection->waiting)
        return fail(connection, "bytes that nobody asked for", 0);
    if (count > message_bytes - connection->received_bytes)
        return fail(connection, "more bytes than were sent", 0);
    if (memcmp(bytes, connection->message + connection->received_bytes, count))
        return fail(connection, "the reply differs from the message", 0);
    connection->received_bytes += count;
    if (connection->received_bytes < message_bytes)
        return;
    reply_count++;
    if (counting) {
        message_count++;
        record(turn_nanos - connection->started_nanos);
    }
    if (draining) {
        connection->waiting = false;
        waiting_count--;
    } else {
        send_next(connection);
    }
}

static void on_completion(const struct completion *completion)
{
    struct connection *connection = &connections[completion->user_data >> 1];
    if ((completion->user_data & 1) == SEND)
        return fail(connection, "send", completion->result < 0 ? -completion->result : EPIPE);
    if (completion->flags & IORING_CQE_F_BUFFER) {
        unsigned id = pool_taken(&pool, completion);
        if (completion->result > 0)
            on_bytes(connection, pool_data(&pool, id), (unsigned)completion->result);
        pool_put_back(&pool, id);
    }
    if (completion->flags & IORING_CQE_F_MORE)
        return;
    if (completion->result == -ENOBUFS)
        pool.ran_short = true;
    if (completion->result > 0 || completion->result == -ENOBUFS)
        uring_receive(&ring, connection->fd, user_data(RECEIVE, connection));
    else if (completion->result == 0)
        fail(connection, "closed by the server", 0);
    else
        fail(connection, "receive", -completion->result);
}

static void turn(void)
{
    static const struct __kernel_timespec tick = {.tv_nsec = 20 * 1000 * 1000};
    pool_publish(&pool);
    uring_enter(&ring, 1, &tick);
    turn_nanos = now_nanos();
    for (unsigned end = uring_cq_end(&ring); ring.cq_local_head != end;) {
        struct completion completion = uring_take(&ring);
        on_completion(&completion);
    }
}

/* Keeps the load going, and returns how long it did; less than asked for if it broke down. */
static int64_t run(int64_t nanos)
{
    int64_t start = now_nanos(), progress = start;
    uint64_t replies = reply_count;
    turn_nanos = start;
    while (waiting_count > 0 && turn_nanos - start < nanos) {
        turn();
        if (replies != reply_count) {
            replies = reply_count;
            progress = turn_nanos;
        } else if (turn_nanos - progress > STALL_SECONDS * NANOS_PER_SECOND) {
            die("no reply for %d seconds on any of %u connections", STALL_SECONDS, waiting_count);
        }
    }
    return turn_nanos - start;
}

static void announce(const char *event)
{
    puts(event);
    fflush(stdout);
}

static void connect_all(const struct sockaddr_in *server)
{
    char *messages = malloc((size_t)connection_count * message_bytes);
    connections = calloc(connection_count, sizeof *connections);
    if (!messages || !connections)
        die("not enough memory for %u messages of %u bytes", connection_count, message_bytes);
    for (unsigned index = 0; index < connection_count; index++) {
        struct connection *connection = &connections[index];
        connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connection->fd < 0 ||
            connect(connection->fd, (const struct sockaddr *)server, sizeof *server))
            die("connection %u of %u: %s", index + 1, connection_count, strerror(errno));
        set_option(connection->fd, IPPROTO_TCP, TCP_NODELAY, 1);
        connection->message = messages + (size_t)index * message_bytes;
        for (unsigned position = 0; position < message_bytes; position++)
            connection->message[position] = (char)(index * 131 + position * 7 + (position >> 8));
    }
}

int main(int argument_count, char **arguments)
{
    if (argument_count != 6 && argument_count != 7)
        die("usage: echo_load HOST PORT CONNECTIONS SIZE SECONDS [WARM_UP_SECONDS]");
    struct sockaddr_in server = endpoint_argument(arguments[1], arguments[2]);
    connection_count =
        (unsigned)number_argument("CONNECTIONS", arguments[3], 1, raise_file_limit() - 16);
    message_bytes = (unsigned)number_argument("SIZE", arguments[4], 1, 1 << 20);
    int64_t measure_nanos = seconds_argument("SECONDS", arguments[5]);
    int64_t warm_up_nanos =
        argument_count == 7 ? seconds_argument("WARM_UP_SECONDS", arguments[6]) : 0;

    connect_all(&server);
    uring_open(&ring, SQ_ENTRIES, CQ_ENTRIES);
    pool_open(&pool, &ring);
    turn_nanos = now_nanos();
    for (unsigned index = 0; index < connection_count; index++) {
        connections[index].waiting = true;
        waiting_count++;
        uring_receive(&ring, connections[index].fd, user_data(RECEIVE, &connections[index]));
        send_next(&connections[index]);
    }
    run(warm_up_nanos);
    announce("MEASURE");
    counting = true;
    int64_t measured_nanos = run(measure_nanos);
    counting = false;
    announce("DONE");
    bool broke_down = measured_nanos < measure_nanos;

    /* Every reply is awaited before closing: the server shall see ends of streams, not resets. */
    draining = true;
    run(DRAIN_SECONDS * NANOS_PER_SECOND);
    if (waiting_count > 0)
        fprintf(stderr, "%u replies did not come\n", waiting_count);
    error_count += waiting_count;

    double seconds = (double)measured_nanos / (double)NANOS_PER_SECOND;
    printf("messages=%lu seconds=%.3f messages_per_second=%.0f", message_count, seconds,
           seconds > 0 ? (double)message_count / seconds : 0);
    static const double percentiles[] = {1, 5, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99};
    for (size_t index = 0; index < sizeof percentiles / sizeof *percentiles; index++)
        printf(" p%g_us=%.1f", percentiles[index], percentile_micros(percentiles[index] / 100));
    printf(" p100_us=%.1f replies=%lu errors=%lu\n", (double)longest_nanos / 1000, reply_count,
           error_count);
    return error_count > 0 || broke_down || (measure_nanos > 0 && message_count == 0);
}
