/* Thousands of readers in one process: the same client for every server that is measured.
 *
 * `swarm sse`: N readers of one stream. An event is recognised by a mark in its text,
 * bench-mark-NNNNNNNN-TTTTTTTTTTTTTTTTTTTT (its number, and CLOCK_MONOTONIC in ns when it was passed to the server), so
 * that one client fits servers with different ids. It reads commands from stdin, and writes JSON lines to stdout.
 * `swarm http`: keep-alive connections that request one document again and again, one request at a time each.
 * Bounded: every run has a number of readers and a limit in seconds. It connects only to addresses in 127/8.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#ifdef WITH_TLS
#include <openssl/ssl.h>
#endif

#define MARK "bench-mark-"
enum { MARK_LEN = 11, BUFFER = 1 << 20, STDIN_TAG = 0xffffffff };
enum state { CLOSED, CONNECTING, HANDSHAKE, HEADERS, DOCUMENT, STREAM };

struct conn {
    int fd;
    enum state state;
    uint8_t chunked, answered, first_done;
    int64_t left; /* bytes left of a document, or of a chunk; -1: a chunk's size line is next */
    uint32_t last, carry_len;
    uint32_t framing; /* the bytes at the end of `carry` that are the beginning of a chunk's size line */
    char *carry; /* the beginning of an event or header that has not ended yet */
    uint64_t asked_ns;
#ifdef WITH_TLS
    SSL *ssl;
#endif
};

static struct {
    const char *address, *path, *host, *first, *extra;
    int port, readers, sources, in_flight, stall, receive_buffer, tls, http, expect_status;
    double seconds;
    uint64_t requests;
} option = {.address = "127.0.0.1", .path = "/stream", .host = "localhost", .extra = "", .readers = 1, .sources = 200,
            .in_flight = 1000, .expect_status = 200, .seconds = 60, .requests = 2000000};

static struct conn *conns;
static struct sockaddr_in server = {.sin_family = AF_INET};
static int *put_off, put_off_len; /* readers that got a 503, because a server may admit a crowd slowly; they try again */
static int put_off_total;
static int poller, opened, in_flight, answered, closed_by_server, refused, tainted;
static char *buffer;
static char request[2][2048];
static int request_len[2];
static uint64_t started_ns, last_answer_ns;

/* The expected events: their numbers, and the delays measured. */
static uint32_t want_first, want_count;
static uint64_t want_total, got, first_ns, last_ns, twice, gaps, stale;
static uint32_t *delays;

/* HTTP load. */
static uint64_t sent_requests, done_requests, bad_answers, body_bytes, wire_bytes;
static uint32_t *times;

static uint64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000ull + now.tv_nsec;
}

static double own_cpu_s(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void die(const char *what) {
    perror(what);
    exit(1);
}

static int by_value(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static double percentile(uint32_t *sorted, uint64_t count, double part) {
    if (!count) return -1;
    uint64_t at = (uint64_t)(part * (double)count);
    return sorted[at >= count ? count - 1 : at] / 1000.0;
}

static void report(const char *what) {
    qsort(delays, got, sizeof *delays, by_value);
    printf("{\"what\":\"%s\",\"first\":%u,\"count\":%u,\"expected\":%llu,\"got\":%llu,\"first_ns\":%llu,\"last_ns\":%llu,"
           "\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,\"twice\":%llu,\"gaps\":%llu,\"stale\":%llu,\"closed\":%d,"
           "\"refused\":%d,\"put_off\":%d,\"wire_bytes\":%llu,\"cpu_s\":%.4f}\n",
           what, want_first, want_count, (unsigned long long)want_total, (unsigned long long)got,
           (unsigned long long)first_ns, (unsigned long long)last_ns, percentile(delays, got, .5), percentile(delays, got, .99),
           percentile(delays, got, 1), (unsigned long long)twice, (unsigned long long)gaps, (unsigned long long)stale,
           closed_by_server, refused, put_off_total, (unsigned long long)wire_bytes, own_cpu_s());
    fflush(stdout);
}

static void expect(uint32_t first, uint32_t count) {
    want_first = first;
    want_count = count;
    want_total = (uint64_t)count * option.readers;
    got = first_ns = last_ns = 0;
    free(delays);
    delays = malloc((want_total + 1) * sizeof *delays);
    if (!delays) die("malloc");
}

static void count_event(struct conn *conn, const char *mark, const char *end, uint64_t now) {
    if (end - mark < MARK_LEN + 8 + 1 + 20) return;
    uint32_t number = 0;
    uint64_t at = 0;
    for (int i = 0; i < 8; i++) number = number * 10 + (uint32_t)(mark[MARK_LEN + i] - '0');
    for (int i = 0; i < 20; i++) at = at * 10 + (uint64_t)(mark[MARK_LEN + 9 + i] - '0');
    if (number <= conn->last) {
        twice++;
        return;
    }
    if (conn->last && number != conn->last + 1) gaps += number - conn->last - 1;
    conn->last = number;
    if (number < want_first || number >= want_first + want_count || got >= want_total) {
        stale++;
        return;
    }
    uint64_t micros = now > at ? (now - at) / 1000 : 0;
    delays[got++] = micros > UINT32_MAX ? UINT32_MAX : (uint32_t)micros;
    if (!first_ns) first_ns = now;
    last_ns = now;
    if (got == want_total) report("done");
}

/* Counts whole events; returns how many bytes they took. */
static size_t take_events(struct conn *conn, const char *data, size_t len, uint64_t now) {
    size_t start = 0, at = 0;
    int named = 0;
    const char *mark = NULL;
    while (at < len) {
        const char *line = data + at, *newline = memchr(line, '\n', len - at);
        if (!newline) break;
        size_t line_len = newline - line;
        if (line_len && line[line_len - 1] == '\r') line_len--;
        at = newline - data + 1;
        if (!line_len) { /* a blank line ends the event */
            if (mark && !named) count_event(conn, mark, data + at, now);
            start = at;
            named = 0;
            mark = NULL;
        } else if (line_len > 5 && !memcmp(line, "data:", 5)) {
            if (!mark) mark = memmem(line, line_len, MARK, MARK_LEN);
        } else if (line_len > 6 && !memcmp(line, "event:", 6)) {
            named = !memmem(line, line_len, "message", 7);
        }
    }
    return start;
}

static void drop(struct conn *conn) {
    if (conn->state == CLOSED) return;
    if (!conn->answered) in_flight--;
    if (conn->state == HEADERS || conn->state == DOCUMENT) sent_requests--; /* it will not be answered */
    if (conn->fd >= 0) close(conn->fd);
#ifdef WITH_TLS
    if (conn->ssl) SSL_free(conn->ssl);
    conn->ssl = NULL;
#endif
    free(conn->carry);
    conn->carry = NULL;
    conn->carry_len = 0;
    conn->fd = -1;
    conn->state = CLOSED;
    closed_by_server++;
}

static void keep_rest(struct conn *conn, const char *data, size_t len) {
    char *kept = len ? malloc(len) : NULL;
    if (len && !kept) die("malloc");
    if (len) memcpy(kept, data, len);
    free(conn->carry);
    conn->carry = kept;
    conn->carry_len = len;
}

static void send_request(struct conn *conn) {
    int which = option.first && !conn->first_done ? 0 : 1;
    conn->asked_ns = now_ns();
    conn->state = HEADERS;
    sent_requests++;
#ifdef WITH_TLS
    if (conn->ssl) {
        if (SSL_write(conn->ssl, request[which], request_len[which]) != request_len[which]) drop(conn);
        return;
    }
#endif
    if (write(conn->fd, request[which], request_len[which]) != request_len[which]) drop(conn);
}

static void document_done(struct conn *conn, const char *body, size_t len) {
    if (option.http) {
        uint64_t now = now_ns();
        if (done_requests < option.requests) times[done_requests] = (uint32_t)((now - conn->asked_ns) / 1000);
        done_requests++;
        if (sent_requests < option.requests && now - started_ns < option.seconds * 1e9) send_request(conn);
        return;
    }
    uint64_t now = now_ns();
    const char *end = body + len;
    for (const char *at = body; (at = memmem(at, end - at, MARK, MARK_LEN)); at += MARK_LEN) {
        uint32_t number = (uint32_t)strtoul(at + MARK_LEN, NULL, 10);
        if (number > conn->last) count_event(conn, at, end, now); /* a frame may name its mark more than once */
    }
    conn->first_done = 1;
    send_request(conn);
}

/* Reads one header; returns its length, 0 if it has not ended. */
static size_t take_header(struct conn *conn, const char *data, size_t len) {
    const char *end = memmem(data, len, "\r\n\r\n", 4);
    if (!end) return 0;
    size_t header_len = end - data + 4;
    int status = len > 12 ? atoi(data + 9) : 0;
    int wanted = option.http ? option.expect_status : 200;
    if (status != wanted) {
        if (status == 503 && !option.http) {
            put_off_total++;
            drop(conn);
            closed_by_server--;
            put_off[put_off_len++] = (int)(conn - conns);
            return header_len;
        }
        bad_answers++;
        if (refused++ < 3) fprintf(stderr, "swarm: answer %d instead of %d: %.*s\n", status, wanted, (int)(header_len < 300 ? header_len : 300), data);
        if (!option.http) {
            drop(conn);
            return header_len;
        }
    }
    conn->chunked = 0;
    conn->left = 0;
    for (const char *line = memchr(data, '\n', header_len); line && line + 1 < end; line = memchr(line, '\n', end - line)) {
        line++;
        if (!strncasecmp(line, "content-length:", 15)) conn->left = strtoll(line + 15, NULL, 10);
        else if (!strncasecmp(line, "transfer-encoding:", 18)) conn->chunked = 1;
    }
    if (!conn->answered) {
        conn->answered = 1;
        in_flight--;
    }
    conn->state = option.http || (option.first && !conn->first_done) ? DOCUMENT : STREAM;
    if (conn->state == STREAM) {
        if (conn->chunked) conn->left = -1;
        last_answer_ns = now_ns();
        if (++answered == option.readers) {
            printf("{\"what\":\"ready\",\"readers\":%d,\"ms\":%.1f,\"last_ns\":%llu}\n", answered, (last_answer_ns - started_ns) / 1e6,
                   (unsigned long long)last_answer_ns);
            fflush(stdout);
        }
    } else if (conn->chunked) {
        fprintf(stderr, "swarm: a document came in chunks; its server should know its length\n");
        tainted = 1;
        drop(conn);
    }
    return header_len;
}

/* Removes the chunk framing in place; returns the new length. `rest`: bytes of an unfinished size line after it. */
static size_t unchunk(struct conn *conn, char *data, size_t len, size_t *rest) {
    size_t at = 0, out = 0;
    *rest = 0;
    while (at < len) {
        if (conn->left <= 0) { /* -1: a size line; 0: the line end after a chunk, then a size line */
            char *newline = memchr(data + at, '\n', len - at);
            if (!newline) {
                *rest = len - at;
                memmove(data + out, data + at, *rest);
                return out;
            }
            if (conn->left == 0) conn->left = -1;
            else if ((conn->left = strtoll(data + at, NULL, 16)) == 0) conn->left = -1; /* the last chunk: nothing follows */
            at = newline - data + 1;
            continue;
        }
        size_t part = len - at < (size_t)conn->left ? len - at : (size_t)conn->left;
        memmove(data + out, data + at, part);
        out += part;
        at += part;
        conn->left -= part;
    }
    return out;
}

/* Counts events in `plain` bytes, whose framing was removed before, and the `framed` bytes after them. */
static void take_stream(struct conn *conn, char *data, size_t plain, size_t framed, uint64_t now) {
    size_t rest = 0;
    plain += conn->chunked ? unchunk(conn, data + plain, framed, &rest) : framed;
    size_t taken = take_events(conn, data, plain, now);
    keep_rest(conn, data + taken, plain - taken + rest);
    conn->framing = (uint32_t)rest;
}

static void parse(struct conn *conn, char *data, size_t len, uint64_t now) {
    while (len && conn->state != CLOSED) {
        if (conn->state == HEADERS) {
            size_t header_len = take_header(conn, data, len);
            if (!header_len) break;
            data += header_len;
            len -= header_len;
            if (conn->state == DOCUMENT && !conn->left) document_done(conn, data, 0);
        } else if (conn->state == DOCUMENT) {
            if (option.http) { /* only counted, never kept */
                size_t part = len < (size_t)conn->left ? len : (size_t)conn->left;
                body_bytes += part;
                conn->left -= part;
                data += part;
                len -= part;
                if (!conn->left) document_done(conn, data, 0);
            } else {
                if (len < (size_t)conn->left) break;
                size_t whole = conn->left;
                document_done(conn, data, whole);
                data += whole;
                len -= whole;
            }
        } else {
            take_stream(conn, data, 0, len, now);
            return;
        }
    }
    if (conn->state != CLOSED) keep_rest(conn, data, len);
}

static ssize_t receive(struct conn *conn, char *into, size_t size) {
#ifdef WITH_TLS
    if (conn->ssl) {
        int count = SSL_read(conn->ssl, into, size > 1 << 30 ? 1 << 30 : (int)size);
        if (count > 0) return count;
        int error = SSL_get_error(conn->ssl, count);
        if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) {
            errno = EAGAIN;
            return -1;
        }
        return 0;
    }
#endif
    return read(conn->fd, into, size);
}

static void on_readable(struct conn *conn) {
    for (;;) {
        size_t carry = conn->carry_len, framing = conn->framing;
        if (carry) memcpy(buffer, conn->carry, carry);
        ssize_t count = receive(conn, buffer + carry, BUFFER - carry);
        if (count <= 0) {
            if (count == 0 || errno != EAGAIN) drop(conn);
            return;
        }
        wire_bytes += count;
        uint64_t now = now_ns();
        if (conn->state == STREAM) {
            take_stream(conn, buffer, carry - framing, framing + count, now);
        } else {
            parse(conn, buffer, carry + count, now);
        }
        if (conn->state == CLOSED) return;
#ifdef WITH_TLS
        if (conn->ssl) continue; /* OpenSSL may have buffered more, of which epoll does not tell */
#endif
        return;
    }
}

static void watch(struct conn *conn, uint32_t events, int op) {
    struct epoll_event event = {.events = events, .data.u32 = (uint32_t)(conn - conns)};
    if (epoll_ctl(poller, op, conn->fd, &event)) die("epoll_ctl");
}

static void established(struct conn *conn) {
    watch(conn, EPOLLIN, EPOLL_CTL_MOD);
    send_request(conn);
    if (option.stall && conn->state == HEADERS) { /* requests, and never reads: the kernel's buffers fill, then the server's */
        epoll_ctl(poller, EPOLL_CTL_DEL, conn->fd, NULL);
        conn->answered = 1;
        in_flight--;
        if (++answered == option.readers) printf("{\"what\":\"ready\",\"readers\":%d,\"ms\":0,\"last_ns\":0}\n", answered), fflush(stdout);
    }
}

#ifdef WITH_TLS
static SSL_CTX *tls_context;
static void shake(struct conn *conn) {
    int done = SSL_connect(conn->ssl);
    if (done == 1) {
        established(conn);
        return;
    }
    int error = SSL_get_error(conn->ssl, done);
    if (error == SSL_ERROR_WANT_WRITE) watch(conn, EPOLLOUT, EPOLL_CTL_MOD);
    else if (error == SSL_ERROR_WANT_READ) watch(conn, EPOLLIN, EPOLL_CTL_MOD);
    else drop(conn);
}
#endif

static void connected(struct conn *conn) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(conn->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) {
        if (refused++ < 3) fprintf(stderr, "swarm: connect: %s\n", strerror(error));
        drop(conn);
        return;
    }
#ifdef WITH_TLS
    if (option.tls) {
        conn->state = HANDSHAKE;
        conn->ssl = SSL_new(tls_context);
        SSL_set_fd(conn->ssl, conn->fd);
        SSL_set_tlsext_host_name(conn->ssl, option.host);
        shake(conn);
        return;
    }
#endif
    established(conn);
}

static void open_one(struct conn *conn) {
    int yes = 1;
    memset(conn, 0, sizeof *conn);
    conn->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (conn->fd < 0) die("socket");
    setsockopt(conn->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (option.receive_buffer) setsockopt(conn->fd, SOL_SOCKET, SO_RCVBUF, &option.receive_buffer, sizeof(int));
    /* Many source addresses: a server's limit per address must not count as a fault, and ports must not run out. */
    int source = (int)(conn - conns) % option.sources;
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000000u | (uint32_t)((1 + source / 250) << 8) | (uint32_t)(1 + source % 250))};
    setsockopt(conn->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    if (bind(conn->fd, (struct sockaddr *)&from, sizeof from)) die("bind");
    conn->state = CONNECTING;
    in_flight++;
    int done = connect(conn->fd, (struct sockaddr *)&server, sizeof server);
    if (done && errno != EINPROGRESS) die("connect");
    watch(conn, done ? EPOLLOUT : EPOLLIN, EPOLL_CTL_ADD);
    if (!done) connected(conn);
}

static int command(void) { /* returns 0 to end the run */
    static char line[256];
    static size_t have;
    ssize_t count = read(0, line + have, sizeof line - 1 - have);
    if (count <= 0) return count < 0 && errno == EAGAIN;
    have += count;
    line[have] = 0;
    for (char *newline; (newline = strchr(line, '\n'));) {
        uint32_t first, number;
        *newline = 0;
        if (sscanf(line, "expect %u %u", &first, &number) == 2) {
            expect(first, number);
            printf("{\"what\":\"expecting\"}\n");
            fflush(stdout);
        } else if (!strcmp(line, "cut")) report("cut");
        else if (!strcmp(line, "quit")) return 0;
        have -= newline + 1 - line;
        memmove(line, newline + 1, have + 1);
    }
    return 1;
}

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    option.http = !strcmp(argv[1], "http");
    uint32_t first_number = 0, first_count = 0;
    for (int i = 2; i + 1 < argc; i += 2) {
        const char *name = argv[i], *value = argv[i + 1];
        if (!strcmp(name, "--address")) option.address = value;
        else if (!strcmp(name, "--port")) option.port = atoi(value);
        else if (!strcmp(name, "--path")) option.path = value;
        else if (!strcmp(name, "--host")) option.host = value;
        else if (!strcmp(name, "--header")) option.extra = value; /* one or more, each ended by \r\n */
        else if (!strcmp(name, "--first")) option.first = value;
        else if (!strcmp(name, "--readers")) option.readers = atoi(value);
        else if (!strcmp(name, "--sources")) option.sources = atoi(value);
        else if (!strcmp(name, "--in-flight")) option.in_flight = atoi(value);
        else if (!strcmp(name, "--stall")) option.stall = atoi(value);
        else if (!strcmp(name, "--receive-buffer")) option.receive_buffer = atoi(value);
        else if (!strcmp(name, "--tls")) option.tls = atoi(value);
        else if (!strcmp(name, "--status")) option.expect_status = atoi(value);
        else if (!strcmp(name, "--seconds")) option.seconds = atof(value);
        else if (!strcmp(name, "--requests")) option.requests = strtoull(value, NULL, 10);
        else if (!strcmp(name, "--expect")) sscanf(value, "%u,%u", &first_number, &first_count);
        else return fprintf(stderr, "swarm: unknown option %s\n", name), 2;
    }
    if (!option.port || option.readers < 1 || option.seconds > 3600) return fprintf(stderr, "swarm: bad options\n"), 2;
    server.sin_port = htons(option.port);
    if (inet_pton(AF_INET, option.address, &server.sin_addr) != 1 || (ntohl(server.sin_addr.s_addr) >> 24) != 127)
        return fprintf(stderr, "swarm: only addresses in 127/8\n"), 2;
#ifdef WITH_TLS
    tls_context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_mode(tls_context, SSL_MODE_RELEASE_BUFFERS);
#else
    if (option.tls) return fprintf(stderr, "swarm: built without TLS\n"), 3;
#endif
    signal(SIGPIPE, SIG_IGN);
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);

    const char *form = "GET %s HTTP/1.1\r\nHost: %s\r\n%s%s\r\n";
    request_len[0] = snprintf(request[0], sizeof request[0], form, option.first ? option.first : "/", option.host, "", "");
    request_len[1] = snprintf(request[1], sizeof request[1], form, option.path, option.host,
                              option.http ? "" : "Accept: text/event-stream\r\n", option.extra);
    if (request_len[1] >= (int)sizeof request[1]) return 2;
    conns = calloc(option.readers, sizeof *conns);
    buffer = malloc(BUFFER);
    if (option.http) times = malloc(option.requests * sizeof *times);
    poller = epoll_create1(EPOLL_CLOEXEC);
    if (!conns || !buffer || (option.http && !times)) die("malloc");
    if (!option.http) {
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = STDIN_TAG};
        fcntl(0, F_SETFL, fcntl(0, F_GETFL) | O_NONBLOCK);
        if (epoll_ctl(poller, EPOLL_CTL_ADD, 0, &event)) die("stdin");
    }
    expect(first_number, first_count);
    started_ns = now_ns();
    double cpu_before = own_cpu_s();
    uint64_t tried_again_ns = 0;
    int *again = calloc(option.readers, sizeof *again);
    put_off = calloc(option.readers, sizeof *put_off);
    if (!again || !put_off) die("calloc");
    for (int running = 1; running;) {
        while (opened < option.readers && in_flight < option.in_flight) open_one(&conns[opened++]);
        if (put_off_len && now_ns() - tried_again_ns > 200000000ull) {
            int many = put_off_len;
            put_off_len = 0; /* those refused again are added again */
            for (int i = 0; i < many; i++) again[i] = put_off[i];
            for (int i = 0; i < many; i++) {
                if (in_flight < option.in_flight) open_one(&conns[again[i]]);
                else put_off[put_off_len++] = again[i];
            }
            tried_again_ns = now_ns();
        }
        struct epoll_event events[512];
        /* Busy-wait while deliveries arrive: otherwise waking us would cost a server that is a little slower than we are. */
        int count = epoll_wait(poller, events, 512, got && got < want_total ? 0 : 200);
        for (int i = 0; i < count && running; i++) {
            uint32_t tag = events[i].data.u32;
            if (tag == STDIN_TAG) {
                running = command();
                continue;
            }
            struct conn *conn = &conns[tag];
            if (conn->state == CONNECTING) connected(conn);
#ifdef WITH_TLS
            else if (conn->state == HANDSHAKE) shake(conn);
#endif
            else if (conn->state != CLOSED) on_readable(conn);
        }
        uint64_t elapsed = now_ns() - started_ns;
        if (option.http) running = done_requests < sent_requests || (!done_requests && opened - closed_by_server > 0);
        if (elapsed > (option.seconds + (option.http ? 5 : 0)) * 1e9) running = 0;
    }
    if (option.http) {
        uint64_t elapsed = now_ns() - started_ns, count = done_requests < option.requests ? done_requests : option.requests;
        qsort(times, count, sizeof *times, by_value);
        printf("{\"what\":\"http\",\"requests\":%llu,\"seconds\":%.4f,\"bad\":%llu,\"closed\":%d,\"body_bytes\":%llu,\"wire_bytes\":%llu,"
               "\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"cpu_s\":%.4f}\n",
               (unsigned long long)done_requests, elapsed / 1e9, (unsigned long long)bad_answers, closed_by_server,
               (unsigned long long)body_bytes, (unsigned long long)wire_bytes, percentile(times, count, .5), percentile(times, count, .99),
               own_cpu_s() - cpu_before);
        fflush(stdout);
    }
    return tainted;
}
