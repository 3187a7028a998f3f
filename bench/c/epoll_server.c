/* The limit that every server here is measured against: one thread, one epoll loop, finished bytes.
 *
 * Owns two answers: a stream (GET /stream: the same buffer is written to every reader) and fixed documents over
 * keep-alive HTTP (GET /NAME, 304 for any request with If-None-Match). It parses nothing else of a request.
 * Events arrive over a Unix socket, each as a 4-byte little-endian length and its bytes.
 * --mode each writes every event on its own; --mode joined joins all that have arrived, so that a burst is one write.
 * The client is swarm.c; ../limit.py starts both.
 */
#define _GNU_SOURCE
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
#include <sys/un.h>
#include <unistd.h>

enum { LISTENER = -1, CONTROL_LISTENER = -2, CONTROL = -3 };
enum { MAX_FDS = 65536, REQUEST_BYTES = 2048, CONTROL_BYTES = 8 << 20, BACKLOG_EVENTS = 64, DOCUMENTS = 16 };
/* As in our own server: a reader that lags by this much is cut, so that memory stays bounded. */
enum { SEND_BUFFER = 64 * 1024, PENDING_BYTES = 256 * 1024 };

struct reader {
    char *pending; /* bytes that the kernel has not taken yet */
    uint32_t pending_len, pending_cap;
    uint16_t request_len;
    uint8_t open, streaming;
    uint32_t place; /* in `room` */
    char *request;  /* only while one is incomplete */
};
struct bytes {
    char *data;
    size_t len;
};
struct document {
    char path[128];
    struct bytes ok, not_modified;
};

static struct reader readers[MAX_FDS];
static int room[MAX_FDS], room_len;
static struct document documents[DOCUMENTS];
static int document_count, poller, joined;
static struct bytes backlog[BACKLOG_EVENTS]; /* the newest events, for readers that return */
static unsigned backlog_end;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void watch(int fd, int what, uint32_t events, int op) {
    struct epoll_event event = {.events = events, .data.u64 = ((uint64_t)(uint32_t)what << 32) | (uint32_t)fd};
    if (epoll_ctl(poller, op, fd, &event)) die("epoll_ctl");
}

static void drop(int fd, int at_once) {
    struct reader *reader = &readers[fd];
    if (!reader->open) return;
    if (reader->streaming) {
        room[reader->place] = room[--room_len];
        readers[room[reader->place]].place = reader->place;
    }
    if (at_once) { /* a plain close would leave megabytes of unsent bytes in FIN-WAIT-1 */
        struct linger linger = {1, 0};
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    }
    free(reader->pending);
    free(reader->request);
    memset(reader, 0, sizeof *reader);
    close(fd);
}

static void queue(int fd, const char *data, size_t len) {
    struct reader *reader = &readers[fd];
    if (reader->pending_len + len > PENDING_BYTES && reader->streaming) {
        drop(fd, 1);
        return;
    }
    if (!reader->pending_len) watch(fd, 0, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
    if (reader->pending_len + len > reader->pending_cap) {
        reader->pending_cap = reader->pending_len + len;
        reader->pending = realloc(reader->pending, reader->pending_cap);
        if (!reader->pending) die("realloc");
    }
    memcpy(reader->pending + reader->pending_len, data, len);
    reader->pending_len += len;
}

static void send_or_queue(int fd, const char *data, size_t len) {
    struct reader *reader = &readers[fd];
    if (reader->pending_len) {
        queue(fd, data, len);
        return;
    }
    ssize_t sent = write(fd, data, len);
    if (sent == (ssize_t)len) return;
    if (sent < 0 && errno != EAGAIN) {
        drop(fd, 0);
        return;
    }
    if (sent < 0) sent = 0;
    queue(fd, data + sent, len - sent);
}

static void flush_pending(int fd) {
    struct reader *reader = &readers[fd];
    ssize_t sent = write(fd, reader->pending, reader->pending_len);
    if (sent < 0) {
        if (errno != EAGAIN) drop(fd, 0);
        return;
    }
    reader->pending_len -= sent;
    memmove(reader->pending, reader->pending + sent, reader->pending_len);
    if (!reader->pending_len) {
        free(reader->pending);
        reader->pending = NULL;
        reader->pending_cap = 0;
        watch(fd, 0, EPOLLIN, EPOLL_CTL_MOD);
    }
}

static void broadcast(const char *data, size_t len) {
    for (int i = room_len - 1; i >= 0; i--) send_or_queue(room[i], data, len); /* backwards, because a drop moves the last one into its place */
}

static void add_to_backlog(const char *data, size_t len) {
    struct bytes *slot = &backlog[backlog_end++ % BACKLOG_EVENTS];
    free(slot->data);
    slot->data = malloc(len);
    if (!slot->data) die("malloc");
    memcpy(slot->data, data, len);
    slot->len = len;
}

static void join_room(int fd, const char *request) {
    static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
                               "Connection: close\r\n\r\nevent: hello\ndata: {}\n\n";
    struct reader *reader = &readers[fd];
    int size = SEND_BUFFER;
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    const char *since = strcasestr(request, "\r\nlast-event-id:"); /* in this server: how many of the newest events are missing */
    if (!since) {
        send_or_queue(fd, head, sizeof head - 1);
    } else {
        static char all[4 << 20];
        unsigned missing = (unsigned)atoi(since + 16);
        size_t len = sizeof head - 1;
        if (missing > BACKLOG_EVENTS) missing = BACKLOG_EVENTS;
        if (missing > backlog_end) missing = backlog_end;
        memcpy(all, head, len);
        for (unsigned i = backlog_end - missing; i != backlog_end; i++) {
            struct bytes *event = &backlog[i % BACKLOG_EVENTS];
            if (len + event->len > sizeof all) break;
            memcpy(all + len, event->data, event->len);
            len += event->len;
        }
        send_or_queue(fd, all, len);
    }
    if (!reader->open) return;
    reader->streaming = 1;
    reader->place = room_len;
    room[room_len++] = fd;
}

static void answer(int fd, const char *request) {
    if (!strncmp(request, "GET /stream", 11)) {
        join_room(fd, request);
        return;
    }
    const char *end = request + 4;
    size_t len = strcspn(end, " ?\r\n");
    for (int i = 0; i < document_count; i++) {
        struct document *document = &documents[i];
        if (strlen(document->path) == len && !memcmp(document->path, end, len)) {
            struct bytes *body = strcasestr(request, "\r\nif-none-match:") ? &document->not_modified : &document->ok;
            send_or_queue(fd, body->data, body->len);
            return;
        }
    }
    static const char missing[] = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    send_or_queue(fd, missing, sizeof missing - 1);
}

static void on_readable(int fd) {
    struct reader *reader = &readers[fd];
    char local[REQUEST_BYTES + 1];
    char *start = reader->request ? reader->request : local;
    ssize_t got = read(fd, start + reader->request_len, REQUEST_BYTES - reader->request_len);
    if (got <= 0) {
        if (got == 0 || errno != EAGAIN) drop(fd, 0);
        return;
    }
    if (reader->streaming) return; /* what a reader of a stream sends is ignored */
    reader->request_len += got;
    start[reader->request_len] = 0;
    if (strstr(start, "\r\n\r\n")) {
        reader->request_len = 0;
        answer(fd, start);
        if (reader->open && start == reader->request) {
            free(reader->request);
            reader->request = NULL;
        }
    } else if (reader->request_len >= REQUEST_BYTES) {
        drop(fd, 0);
    } else if (!reader->request) {
        reader->request = malloc(REQUEST_BYTES + 1);
        if (!reader->request) die("malloc");
        memcpy(reader->request, local, reader->request_len);
    }
}

static void accept_all(int listener) {
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC), yes = 1;
        if (fd < 0) return;
        if (fd >= MAX_FDS) {
            close(fd);
            continue;
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        memset(&readers[fd], 0, sizeof readers[fd]);
        readers[fd].open = 1;
        watch(fd, 0, EPOLLIN, EPOLL_CTL_ADD);
    }
}

static void on_control(int fd) {
    static char buffer[CONTROL_BYTES], all[CONTROL_BYTES];
    static size_t have;
    size_t at = 0, all_len = 0;
    ssize_t got = -1;
    while (have < sizeof buffer && (got = read(fd, buffer + have, sizeof buffer - have)) != 0) {
        if (got < 0) break;
        have += got;
    }
    if (got == 0) { /* the publisher has disconnected, which ends the run: leave no process behind */
        exit(0);
    }
    while (have - at >= 4) {
        uint32_t len;
        memcpy(&len, buffer + at, 4);
        if (len > sizeof buffer - 4) exit(2);
        if (have - at - 4 < len) break;
        add_to_backlog(buffer + at + 4, len);
        if (joined) {
            memcpy(all + all_len, buffer + at + 4, len);
            all_len += len;
        } else {
            broadcast(buffer + at + 4, len);
        }
        at += 4 + len;
    }
    if (all_len) broadcast(all, all_len);
    have -= at;
    memmove(buffer, buffer + at, have);
}

static void load(const char *spec) { /* /path=file; the bytes are gzip if the file's name ends in .gz */
    struct document *document = &documents[document_count++];
    const char *equals = strchr(spec, '=');
    if (!equals || document_count >= DOCUMENTS || equals - spec >= (int)sizeof document->path) exit(2);
    memcpy(document->path, spec, equals - spec);
    FILE *file = fopen(equals + 1, "rb");
    if (!file) die(equals + 1);
    fseek(file, 0, SEEK_END);
    size_t size = ftell(file);
    rewind(file);
    document->ok.data = malloc(size + 512);
    int gzip = strlen(spec) > 3 && !strcmp(spec + strlen(spec) - 3, ".gz");
    document->ok.len = snprintf(document->ok.data, 512,
                                "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %zu\r\n"
                                "ETag: W/\"1\"\r\nCache-Control: max-age=0, s-maxage=2\r\nVary: Accept-Encoding\r\n%s\r\n",
                                size, gzip ? "Content-Encoding: gzip\r\n" : "");
    if (fread(document->ok.data + document->ok.len, 1, size, file) != size) die("fread");
    document->ok.len += size;
    fclose(file);
    static const char head[] = "HTTP/1.1 304 Not Modified\r\nETag: W/\"1\"\r\nCache-Control: max-age=0, s-maxage=2\r\n"
                               "Vary: Accept-Encoding\r\n\r\n";
    document->not_modified.data = strdup(head);
    document->not_modified.len = sizeof head - 1;
}

int main(int argc, char **argv) {
    int port = 0;
    const char *control_path = NULL;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (!strcmp(argv[i], "--port")) port = atoi(argv[i + 1]);
        else if (!strcmp(argv[i], "--control")) control_path = argv[i + 1];
        else if (!strcmp(argv[i], "--mode")) joined = !strcmp(argv[i + 1], "joined");
        else if (!strcmp(argv[i], "--document")) load(argv[i + 1]);
        else return fprintf(stderr, "unknown option %s\n", argv[i]), 2;
    }
    if (!port || !control_path) return fprintf(stderr, "need --port and --control\n"), 2;
    signal(SIGPIPE, SIG_IGN);
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);

    poller = epoll_create1(EPOLL_CLOEXEC);
    int control = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_un there = {.sun_family = AF_UNIX};
    strncpy(there.sun_path, control_path, sizeof there.sun_path - 1);
    unlink(control_path);
    if (bind(control, (struct sockaddr *)&there, sizeof there) || listen(control, 1)) die("control");
    watch(control, CONTROL_LISTENER, EPOLLIN, EPOLL_CTL_ADD);

    /* Last, because who can connect here takes the server for ready. */
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), yes = 1;
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) || listen(listener, 4096)) die("listen");
    watch(listener, LISTENER, EPOLLIN, EPOLL_CTL_ADD);

    for (;;) {
        struct epoll_event events[512];
        int count = epoll_wait(poller, events, 512, -1);
        for (int i = 0; i < count; i++) {
            int fd = (int)(uint32_t)events[i].data.u64, what = (int)(events[i].data.u64 >> 32);
            if (what == LISTENER) accept_all(fd);
            else if (what == CONTROL_LISTENER) {
                int peer = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
                if (peer >= 0) watch(peer, CONTROL, EPOLLIN, EPOLL_CTL_ADD);
            } else if (what == CONTROL) on_control(fd);
            else {
                if (readers[fd].open && readers[fd].pending_len && events[i].events & EPOLLOUT) flush_pending(fd);
                if (readers[fd].open && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) on_readable(fd);
            }
        }
    }
}
