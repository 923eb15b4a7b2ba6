/* inner.h: inside of lib/http: the connection beside a request, and what the files of the server share. */
#ifndef HTTP_INNER_H
#define HTTP_INNER_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "http/http.h"

enum request_state { RQ_READING, RQ_HANDLING, RQ_SUSPENDED, RQ_FINISHED };

/* Beside every request; freed when MHD says that it is over. */
struct http_connection_ {
	struct http_request rq;
	struct http_server *server;
	struct MHD_Connection *mhd;
	struct io_thread *io;
	struct http_connection_ *resumed_next;
	struct str uri; /* as it came */
	_Atomic int state;
	int refuse;     /* a status decided before the body was read */
	bool planned;
	struct http_plan plan;
	struct str keep_key;
	struct out body;
	struct sse_viewer *viewer;
};

#define SOCKET_CHAINS 1024

/* An open socket, in the chain of its address. */
struct http_socket {
	struct http_socket *next, *prev;
	struct http_address from;
	int fd;
	_Atomic int64_t head_since_us; /* 0: a request is under way */
};

struct http_server {
	struct io_thread *io; /* options.threads of them */
	_Atomic bool io_ends;
	struct http_app app;
	struct http_options options;
	struct cidr_list *trusted;
	int listen_fd;
	unsigned port;
	_Atomic bool stopping;
	_Atomic int64_t connections, active, requests, bytes_out, viewers;
	_Atomic uint64_t next_id;
	pthread_mutex_t lock;
	struct http_socket *sockets[SOCKET_CHAINS];
	pthread_t sweeper;
	pthread_cond_t wake;
	struct sse_hub *hubs[4];
	size_t n_hubs;
};

/* request.c: from MHD's view to ours. A status of 400 and up when it cannot be. */
int request_head(struct http_connection_ *c, const char *method, const char *version);
int request_body(struct http_connection_ *c);
/* form.c */
MUST_USE enum rc form_urlencoded(struct arena *a, struct str text, size_t fields_max, struct http_pair **ret, size_t *ret_n);
MUST_USE enum rc form_multipart(struct arena *a, struct str body, struct str content_type, size_t fields_max, struct http_pair **ret,
				size_t *ret_n, struct http_file **ret_files, size_t *ret_n_files);
/* Percent-decoding; '+' is a blank in queries and forms only. RC_INVALID on broken escapes, NUL, broken UTF-8. */
MUST_USE enum rc percent_decode(struct arena *a, struct str s, bool plus, struct str *ret);
/* Decoded and checked path: no "..", no "//", no backslash. */
MUST_USE enum rc path_clean(struct arena *a, struct str raw, struct str *ret);
struct str cookie_find(struct str header, struct str name);
/* io.c: the I/O threads, each with a daemon of MHD and the connections that it took from the common socket. False: none runs. */
bool io_start(struct http_server *s, struct arena *start);
void io_quiesce(struct http_server *s); /* no new connections; those there are go on */
void io_stop(struct http_server *s);
struct io_thread *io_mine(void); /* the one that runs this code */
void io_resume(struct http_connection_ *c); /* any thread; c may be gone when it returns */
/* socket.c: what is open, by address; a thread ends those who send a head drop by drop. */
void sockets_start(struct http_server *s);
void sockets_stop(struct http_server *s);
struct http_socket *socket_of(struct MHD_Connection *mhd);
enum MHD_Result may_connect(void *cls, const struct sockaddr *from, socklen_t n);
void on_connection(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_ConnectionNotificationCode code);
/* server.c: what MHD tells of a request. */
void *on_uri(void *cls, const char *uri, struct MHD_Connection *mhd);
enum MHD_Result on_request(void *cls, struct MHD_Connection *mhd, const char *url, const char *method, const char *version, const char *data, size_t *size,
			   void **con_cls);
void on_completed(void *cls, struct MHD_Connection *mhd, void **con_cls, enum MHD_RequestTerminationCode code);
/* compress.c: gzip of body when it pays; the empty str when it does not. */
struct str gzip(struct arena *a, struct str body);
/* server.c: what is said besides the type: coding, Vary, the application's own. */
void response_headers(struct http_connection_ *c, struct MHD_Response *m, struct str coding);
/* kept.c: a page kept for this request, status set; NULL: make it. Then it is stored if it is for everybody. */
struct MHD_Response *kept_find(struct http_connection_ *c);
void kept_store(struct http_connection_ *c, struct str body, struct str coding);
/* sse.c */
struct MHD_Response *sse_response(struct http_connection_ *c);
void sse_close_all(struct sse_hub *h);
void sse_gone(struct http_connection_ *c);

#endif
