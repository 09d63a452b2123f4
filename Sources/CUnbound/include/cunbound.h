/*
 * Answers that DNSSEC vouches for, by libunbound, which is loaded when it is first asked for: nobody who does
 * not ask pays for it, or needs it. A context has a thread of its own that resolves; all calls return at once.
 */
#ifndef CUNBOUND_H
#define CUNBOUND_H

#include <stddef.h>

typedef struct cunbound_context cunbound_context;
typedef struct cunbound_question cunbound_question;

enum { CUNBOUND_DONE = 0, CUNBOUND_OPEN = 1, CUNBOUND_NO_LIBRARY = -1, CUNBOUND_FAILED = -2 };

/* The version of the library; NULL where there is none. */
const char *cunbound_version(void);
/* Makes a context. `forwarder` is `192.0.2.53@5353`, or NULL for the servers of resolv.conf; `anchors` are
 * records DS or DNSKEY, a line each. CUNBOUND_DONE, or what went wrong: then `*problem` says it, for good. */
int cunbound_open(const char *forwarder, const char *anchors, cunbound_context **made,
                  const char **problem);
/* Readable when cunbound_process() has something to do. */
int cunbound_descriptor(cunbound_context *context);
/* Takes in what the thread has found out. */
void cunbound_process(cunbound_context *context);
void cunbound_close(cunbound_context *context);

/* Asks for records of a type (RFC 1035 section 3.2.2) of class IN; NULL with `*problem` where that fails. */
cunbound_question *cunbound_ask(cunbound_context *context, const char *name, int type,
                                const char **problem);
/* CUNBOUND_OPEN while there is no answer; CUNBOUND_DONE; CUNBOUND_FAILED when none will come. */
int cunbound_state(const cunbound_question *question);
/* Of an answer: the DNS RCODE, and what DNSSEC says of it. */
int cunbound_rcode(const cunbound_question *question);
int cunbound_is_secure(const cunbound_question *question);
int cunbound_is_bogus(const cunbound_question *question);
/* Why it is bogus, or why there is no answer; NULL where there is nothing to say. */
const char *cunbound_reason(const cunbound_question *question);
/* The name that aliases lead to; NULL for a name that is none. */
const char *cunbound_canonical_name(const cunbound_question *question);
/* The record in that place, in the form of the wire; NULL behind the last. */
const unsigned char *cunbound_record(const cunbound_question *question, size_t index,
                                     size_t *length);
/* Lets go of a question, answered or not. */
void cunbound_release(cunbound_question *question);

#endif
