/* Name lookups on threads of a pool, so that the loop never waits for a name server.
 *
 * A lookup is memory of the C side, held by the thread that works on it and by whoever asked. Either
 * may let go first; the last one frees it. The thread therefore never touches Swift's memory, and a
 * lookup that was given up costs nothing but its own end.
 */
#ifndef CLINUXSOCKET_LOOKUP_H
#define CLINUXSOCKET_LOOKUP_H

#include <stdint.h>

#include "address.h"

struct wire_lookup;

/* How a lookup ended. */
enum wire_lookup_status {
  WIRE_LOOKUP_PENDING,
  WIRE_LOOKUP_FOUND,
  WIRE_LOOKUP_NO_SUCH_NAME, /* NXDOMAIN; EAI_NONAME */
  WIRE_LOOKUP_NO_DATA,      /* the name exists, without a record of this kind */
  WIRE_LOOKUP_TEMPORARY,    /* no name server answered, SERVFAIL, a cut answer; EAI_AGAIN */
  WIRE_LOOKUP_FAILED        /* anything else */
};

/* What a name server can be asked for, by its number (RFC 1035 section 3.2.2, RFC 3596). */
enum wire_record_type {
  WIRE_RECORD_A = 1,
  WIRE_RECORD_MX = 15,
  WIRE_RECORD_TXT = 16,
  WIRE_RECORD_AAAA = 28
};

/* Starts getaddrinfo(3) for stream sockets; WIRE_FAMILY_NONE asks for both families. It has no
 * deadline. NULL and *code (errno) when no thread could be made. */
struct wire_lookup *_Nullable wire_lookup_addresses(const char *_Nonnull host,
                                                    enum wire_family family, int *_Nonnull code);

/* Starts a question for records of one type to a name server, or to those of the system in turn; it
 * is over within limit_ms. */
struct wire_lookup *_Nullable wire_lookup_records(const char *_Nonnull name,
                                                  enum wire_record_type type,
                                                  const struct wire_address *_Nullable name_server,
                                                  uint32_t limit_ms, int *_Nonnull code);

/* A lookup that is over, with what such an answer holds: for whoever has it already. Watches nothing. NULL
 * without memory. */
struct wire_lookup *_Nullable wire_lookup_of_answer(enum wire_record_type type,
                                                    const unsigned char *_Nonnull bytes, int length);

/* Whether this host has a way to a numeric address; nothing is sent. */
int wire_has_route(const char *_Nonnull address);

/* Whether a name is an address in numbers, which nobody need be asked for. */
int wire_is_address(const char *_Nonnull name);

/* Becomes readable when the lookup is over. Belongs to the lookup. */
int wire_lookup_descriptor(struct wire_lookup *_Nonnull lookup);

enum wire_lookup_status wire_lookup_read_status(struct wire_lookup *_Nonnull lookup);

/* The answers, in the order in which they came: a host name, a numeric address or any text each, its
 * length, and the preference of a mail exchanger. Text may have NULs in it, and is cut at 1024 bytes. NULL
 * past the end. */
const char *_Nullable wire_lookup_answer(struct wire_lookup *_Nonnull lookup, unsigned index,
                                         uint16_t *_Nonnull preference, uint16_t *_Nonnull length);

/* The name that the one asked for leads to by CNAME; empty when it is none, or when nobody but
 * getaddrinfo was asked. */
const char *_Nonnull wire_lookup_alias(struct wire_lookup *_Nonnull lookup);

/* Why it failed: the call, the symbolic name of the failure, its number and its sentence. */
struct wire_lookup_failure {
  const char *_Nonnull call;
  const char *_Nonnull name;
  const char *_Nonnull text;
  int code;
};
struct wire_lookup_failure wire_lookup_read_failure(struct wire_lookup *_Nonnull lookup);

/* Lets go of the lookup. */
void wire_lookup_release(struct wire_lookup *_Nonnull lookup);

#endif
