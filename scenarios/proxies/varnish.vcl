# Varnish in front of As It Happened. It caches by the server's own Cache-Control (s-maxage); a stream is piped, because
# Varnish would otherwise collect it, and a piped connection is for one request only. Started with -p pipe_timeout=30.
vcl 4.1;

backend asithappened {
    .host = "127.0.0.1";
    .port = "@SERVER@";
    .first_byte_timeout = 30s;
    .between_bytes_timeout = 30s;
}

sub vcl_recv {
    if (req.url ~ "^/live/[^/]+/stream$") {
        return (pipe);
    }
}

sub vcl_pipe {
    set bereq.http.Connection = "close";
}
