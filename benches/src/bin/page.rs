//! `page FILE COUNT`: serves the bytes of a file from memory over HTTP, with the library that `mprctl serve` uses, to so many
//! clients. Prints the address on standard error.

use std::convert::Infallible;

use bytes::Bytes;
use http_body_util::Full;
use hyper::Response;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue, VARY, X_CONTENT_TYPE_OPTIONS};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// Those of the exporter, so that the bytes are the same.
const HEADERS: [(HeaderName, &str); 3] = [
    (CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (VARY, "accept"),
];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(count)) = (arguments.next(), arguments.next()) else {
        panic!("usage: page FILE COUNT");
    };
    let page = Bytes::from(std::fs::read(file).expect("the file is there"));
    let count: u32 = count.parse().expect("a number");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(serve(page, count));
}

async fn serve(page: Bytes, count: u32) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    eprintln!("serving http://{}/", listener.local_addr().expect("it is bound"));
    let mut connections = JoinSet::new();
    for _ in 0..count {
        while connections.try_join_next().is_some() {}
        let (stream, _) = listener.accept().await.expect("a client");
        let page = page.clone();
        connections.spawn(async move {
            let answer = service_fn(|_| {
                let mut response = Response::new(Full::new(page.clone()));
                for (name, value) in HEADERS {
                    response.headers_mut().insert(name, HeaderValue::from_static(value));
                }
                async { Ok::<_, Infallible>(response) }
            });
            let mut http = http1::Builder::new();
            http.keep_alive(false)
                .serve_connection(TokioIo::new(stream), answer)
                .await
                .expect("it is written");
        });
    }
    connections.join_all().await;
}
