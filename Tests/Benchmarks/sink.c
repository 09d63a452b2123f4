/*
 * sink - an SMTP server that accepts everything and keeps nothing, as fast as a program can be one.
 *
 * Listens on a free port of 127.0.0.1, prints it, and serves every connection from one epoll loop until its
 * standard input ends. Content is looked at only for its last five bytes.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { most = 65536 };

struct session {
  int descriptor, in_content;
  size_t used;
  char line[1024];
  char tail[5];
};

static struct session *sessions[most];
static char bytes[1 << 20];

static int say(struct session *s, const char *text) {
  return send(s->descriptor, text, strlen(text), MSG_NOSIGNAL) > 0;
}

/* The reply to the line; 0 ends the session. */
static int answer(struct session *s) {
  if (strncasecmp(s->line, "EHLO", 4) == 0)
    return say(s, "250-sink.example\r\n250-PIPELINING\r\n250 SIZE 0\r\n");
  if (strncasecmp(s->line, "DATA", 4) == 0) {
    s->in_content = 1;
    memcpy(s->tail, "\0\0\0\r\n", 5);
    return say(s, "354 Go on\r\n");
  }
  if (strncasecmp(s->line, "QUIT", 4) == 0) {
    say(s, "221 Bye\r\n");
    return 0;
  }
  return say(s, "250 Ok\r\n");
}

/* Content up to its end; how many of the bytes belong to it, negative to end the session. */
static ssize_t take_content(struct session *s, const char *from, size_t count) {
  if (count >= 5) {
    memcpy(s->tail, from + count - 5, 5);
  } else {
    memmove(s->tail, s->tail + count, 5 - count);
    memcpy(s->tail + 5 - count, from, count);
  }
  /* Nobody here sends a command behind the end before it is answered. */
  if (memcmp(s->tail, "\r\n.\r\n", 5) != 0) return (ssize_t)count;
  s->in_content = 0;
  return say(s, "250 Ok\r\n") ? (ssize_t)count : -1;
}

/* What can be read now; 0 ends the session. */
static int serve(struct session *s) {
  ssize_t count = recv(s->descriptor, bytes, sizeof bytes, MSG_DONTWAIT);
  if (count < 0) return errno == EAGAIN;
  if (count == 0) return 0;
  for (ssize_t i = 0; i < count;) {
    if (s->in_content) {
      ssize_t taken = take_content(s, bytes + i, (size_t)(count - i));
      if (taken < 0) return 0;
      i += taken;
      continue;
    }
    char byte = bytes[i++];
    if (s->used + 1 < sizeof s->line) s->line[s->used++] = byte;
    if (byte != '\n') continue;
    s->line[s->used] = 0;
    s->used = 0;
    if (!answer(s)) return 0;
  }
  return 1;
}

static void watch(int loop, int descriptor) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = descriptor};
  epoll_ctl(loop, EPOLL_CTL_ADD, descriptor, &event);
}

static void accept_all(int loop, int listener) {
  for (;;) {
    int descriptor = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (descriptor < 0) return;
    struct session *s = descriptor < most ? calloc(1, sizeof *s) : NULL;
    if (!s) {
      close(descriptor);
      continue;
    }
    int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    s->descriptor = descriptor;
    sessions[descriptor] = s;
    watch(loop, descriptor);
    say(s, "220 sink.example ESMTP\r\n");
  }
}

int main(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) ||
      listen(listener, 4096) || getsockname(listener, (struct sockaddr *)&address, &length)) {
    perror("sink");
    return 1;
  }
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  int loop = epoll_create1(EPOLL_CLOEXEC);
  watch(loop, listener);
  watch(loop, 0);
  for (;;) {
    struct epoll_event events[256];
    int count = epoll_wait(loop, events, 256, -1);
    for (int i = 0; i < count; i++) {
      int descriptor = events[i].data.fd;
      if (descriptor == 0) return 0;
      if (descriptor == listener) {
        accept_all(loop, listener);
      } else if (!serve(sessions[descriptor])) {
        free(sessions[descriptor]);
        sessions[descriptor] = NULL;
        close(descriptor);
      }
    }
  }
}
