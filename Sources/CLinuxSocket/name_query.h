/* One question to name servers (RFC 1035), with everything said that res_nquery(3) keeps to itself:
 * which code came back, that an answer was cut, that nobody answered, and by when. */
#ifndef CLINUXSOCKET_NAME_QUERY_H
#define CLINUXSOCKET_NAME_QUERY_H

#include <stdint.h>

#include "address.h"

/* What came back: length bytes of an answer that is whole and belongs to the question, or why there
 * is none. */
struct name_reply {
  unsigned char *bytes;
  int length;
  const char *failure; /* symbolic: "SERVFAIL", "ETIMEDOUT", "TRUNCATED"; NULL for an answer */
  char text[160];
  int code; /* rcode, or errno */
};

/* The greatest answer that TCP can carry. */
enum { name_reply_capacity = 65535 };

/* Asks for records of one type, the server given or the system's in turn, until one answers or
 * limit_ms have passed since asked_at. reply->bytes has room for name_reply_capacity. */
void ask_name_servers(const struct wire_address *server, const char *name, int type,
                      int64_t asked_at, uint32_t limit_ms, struct name_reply *reply);

/* CLOCK_MONOTONIC in ms, by which asked_at is told. */
int64_t name_query_now(void);

#endif
