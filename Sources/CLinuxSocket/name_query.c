#define _GNU_SOURCE
#include "name_query.h"

#include <arpa/nameser.h>
#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <resolv.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* A question is a header, a name and two numbers. */
enum { longest_query = NS_HFIXEDSZ + NS_MAXCDNAME + NS_QFIXEDSZ, most_servers = MAXNS };

struct query {
  unsigned char bytes[longest_query];
  int length;
  int64_t deadline;
  uint32_t limit_ms;
};

int64_t name_query_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int fail(struct name_reply *reply, int number) {
  reply->failure = strerrorname_np(number);
  reply->code = number;
  snprintf(reply->text, sizeof reply->text, "%s", strerrordesc_np(number));
  return -1;
}

/* 0 when the descriptor is ready, else the failure, told. */
static int wait_for(int fd, short events, int64_t deadline, struct name_reply *reply) {
  for (;;) {
    int64_t left = deadline - name_query_now();
    struct pollfd watched = {.fd = fd, .events = events};
    int status = left > 0 ? poll(&watched, 1, (int)left) : 0;
    if (status > 0) return 0;
    if (status == 0) return fail(reply, ETIMEDOUT);
    if (errno != EINTR) return fail(reply, errno);
  }
}

static int open_to(const struct wire_address *server, int type, struct name_reply *reply) {
  const struct sockaddr *address = (const struct sockaddr *)server->bytes;
  int fd = socket(address->sa_family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return fail(reply, errno);
  if (connect(fd, address, server->length) == 0 || errno == EINPROGRESS) return fd;
  fail(reply, errno);
  close(fd);
  return -1;
}

/* Whether this is an answer to that question: the same number, and the question said again. Labels are
 * shorter than any letter's code, so that folding case leaves their lengths alone. */
static int belongs(const unsigned char *answer, int length, const struct query *query) {
  if (length < query->length || !(answer[2] & 0x80)) return 0;
  if (answer[0] != query->bytes[0] || answer[1] != query->bytes[1]) return 0;
  if (ns_get16(answer + 4) != 1) return 0;
  for (int index = NS_HFIXEDSZ; index < query->length; index++)
    if (tolower(answer[index]) != tolower(query->bytes[index])) return 0;
  return 1;
}

/* One datagram there, one back: its length, or -1 and why. */
static int ask_by_datagram(const struct wire_address *server, const struct query *query,
                           int64_t deadline, struct name_reply *reply) {
  int fd = open_to(server, SOCK_DGRAM, reply);
  if (fd < 0) return -1;
  int length = -1;
  if (send(fd, query->bytes, query->length, MSG_NOSIGNAL) < 0) fail(reply, errno);
  else
    while (wait_for(fd, POLLIN, deadline, reply) == 0) {
      length = (int)recv(fd, reply->bytes, name_reply_capacity, 0);
      if (length >= 0 && belongs(reply->bytes, length, query)) break;
      if (length < 0 && errno != EAGAIN && errno != EINTR) {
        fail(reply, errno);
        break;
      }
      length = -1;
    }
  close(fd);
  return length;
}

/* All of these bytes in one direction: 0, or -1 and why. */
static int transfer(int fd, int sends, unsigned char *bytes, size_t length, int64_t deadline,
                    struct name_reply *reply) {
  while (length > 0) {
    if (wait_for(fd, sends ? POLLOUT : POLLIN, deadline, reply) != 0) return -1;
    ssize_t count = sends ? send(fd, bytes, length, MSG_NOSIGNAL) : recv(fd, bytes, length, 0);
    if (count == 0) return fail(reply, ECONNRESET);
    if (count < 0 && errno != EAGAIN && errno != EINTR) return fail(reply, errno);
    if (count > 0) bytes += count, length -= count;
  }
  return 0;
}

/* The same question over TCP (RFC 7766): two bytes of length stand before either message. */
static int ask_by_stream(const struct wire_address *server, const struct query *query,
                         struct name_reply *reply) {
  unsigned char framed[2 + longest_query], size[2];
  int fd = open_to(server, SOCK_STREAM, reply);
  if (fd < 0) return -1;
  int length = -1;
  ns_put16(query->length, framed);
  memcpy(framed + 2, query->bytes, query->length);
  if (transfer(fd, 1, framed, query->length + 2, query->deadline, reply) == 0 &&
      transfer(fd, 0, size, 2, query->deadline, reply) == 0 &&
      transfer(fd, 0, reply->bytes, ns_get16(size), query->deadline, reply) == 0)
    length = ns_get16(size);
  close(fd);
  return length;
}

/* Takes what a code says (RFC 1035 section 4.1.1): 1 when another server may know better. */
static int judge(struct name_reply *reply) {
  static const struct {
    const char *name, *text;
  } codes[] = {
      [ns_r_formerr] = {"FORMERR", "the name server did not understand the question"},
      [ns_r_servfail] = {"SERVFAIL", "the name server failed"},
      [ns_r_nxdomain] = {"NXDOMAIN", "the name does not exist"},
      [ns_r_notimpl] = {"NOTIMP", "the name server does not answer such questions"},
      [ns_r_refused] = {"REFUSED", "the name server refused to answer"},
  };
  int code = reply->bytes[3] & 0xF;
  reply->code = code;
  reply->failure = NULL;
  if (code == 0) return 0;
  if (code < (int)(sizeof codes / sizeof codes[0])) {
    reply->failure = codes[code].name;
    snprintf(reply->text, sizeof reply->text, "%s", codes[code].text);
  } else {
    reply->failure = "RCODE";
    snprintf(reply->text, sizeof reply->text, "the name server answered with code %d", code);
  }
  return code != ns_r_nxdomain;
}

/* One server: 0 when the matter is settled, -1 when another one, or another try, may help. */
static int ask_one(const struct wire_address *server, const struct query *query, int64_t deadline,
                   struct name_reply *reply) {
  int length = ask_by_datagram(server, query, deadline, reply);
  if (length < 0) return -1;
  /* An answer that was cut is no answer, not even a part of one (RFC 1123 section 6.1.3.2). */
  if (reply->bytes[2] & 0x02) {
    length = ask_by_stream(server, query, reply);
    if (length < 0) {
      char why[sizeof reply->text];
      memcpy(why, reply->text, sizeof why);
      reply->failure = "TRUNCATED";
      snprintf(reply->text, sizeof reply->text,
               "the answer was cut (truncated) by UDP, and by TCP there was none: %.60s", why);
      return -1;
    }
    if (!belongs(reply->bytes, length, query)) {
      reply->failure = "MALFORMED";
      snprintf(reply->text, sizeof reply->text, "the answer by TCP is to another question");
      return -1;
    }
  }
  reply->length = length;
  return judge(reply) ? -1 : 0;
}

/* The servers of resolv.conf(5), or the one given: their number. IPv6 ones stand in memory of their own
 * in the resolver's state. */
static unsigned find_servers(struct __res_state *state, const struct wire_address *given,
                             struct wire_address *servers) {
  unsigned count = 0;
  if (given) {
    servers[0] = *given;
    return 1;
  }
  for (int index = 0; index < state->nscount && index < most_servers; index++) {
    struct wire_address *server = &servers[count];
    const struct sockaddr_in6 *six = state->_u._ext.nsaddrs[index];
    memset(server, 0, sizeof *server);
    if (six && six->sin6_family == AF_INET6) {
      memcpy(server->bytes, six, server->length = sizeof *six);
    } else if (state->nsaddr_list[index].sin_family == AF_INET) {
      server->length = sizeof state->nsaddr_list[index];
      memcpy(server->bytes, &state->nsaddr_list[index], server->length);
    } else {
      continue;
    }
    count++;
  }
  return count;
}

/* Rounds over the servers; each waits twice as long as the one before, from a second on. Whoever said
 * something was heard and is not asked again. */
static void ask_in_rounds(const struct wire_address *servers, unsigned count,
                          const struct query *query, struct name_reply *reply) {
  int spoke[most_servers] = {0};
  struct name_reply said = {.failure = NULL};
  for (int64_t wait = 1000;; wait *= 2) {
    unsigned silent = 0;
    for (unsigned index = 0; index < count; index++) {
      if (spoke[index]) continue;
      int64_t moment = name_query_now() + wait;
      if (moment > query->deadline) moment = query->deadline;
      if (ask_one(&servers[index], query, moment, reply) == 0) return;
      if (strcmp(reply->failure ? reply->failure : "", "ETIMEDOUT") == 0) {
        silent++;
      } else {
        spoke[index] = 1;
        said = *reply;
      }
    }
    if (silent == 0 || name_query_now() >= query->deadline) break;
  }
  /* What somebody said tells more than another one's silence. */
  if (said.failure) *reply = said;
  else snprintf(reply->text, sizeof reply->text,
                "the name server did not answer within %u ms", query->limit_ms);
}

void ask_name_servers(const struct wire_address *server, const char *name, int type,
                      int64_t asked_at, uint32_t limit_ms, struct name_reply *reply) {
  struct __res_state state;
  struct wire_address servers[most_servers];
  struct query query = {.deadline = asked_at + limit_ms, .limit_ms = limit_ms};
  memset(&state, 0, sizeof state);
  if (res_ninit(&state) != 0) {
    fail(reply, errno ? errno : EINVAL);
    return;
  }
  query.length = res_nmkquery(&state, ns_o_query, name, ns_c_in, type, NULL, 0, NULL, query.bytes,
                              sizeof query.bytes);
  unsigned count = find_servers(&state, server, servers);
  res_nclose(&state);
  if (query.length < 0) {
    reply->failure = "BADNAME";
    snprintf(reply->text, sizeof reply->text, "no such name can stand in a question");
  } else if (count == 0) {
    reply->failure = "NOSERVER";
    snprintf(reply->text, sizeof reply->text, "resolv.conf names no name server");
  } else {
    ask_in_rounds(servers, count, &query, reply);
  }
}
