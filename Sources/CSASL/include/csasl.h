/*
 * The client's half of SASL by GNU SASL, which is loaded when it is first asked for: nobody who does not
 * authenticate pays for it, or needs it. All lengths are bytes.
 */
#ifndef CSASL_H
#define CSASL_H

#include <stddef.h>

typedef struct csasl_client csasl_client;

/* What an exchange may need. */
enum csasl_property {
  CSASL_USER,
  /* Whom to act as. */
  CSASL_AUTHORIZED,
  CSASL_PASSWORD,
  CSASL_HOST,
  /* Base64 (RFC 5929, RFC 9266). */
  CSASL_TLS_UNIQUE,
  CSASL_TLS_EXPORTER,
};

enum { CSASL_DONE = 0, CSASL_MORE = 1, CSASL_NO_LIBRARY = -1, CSASL_FAILED = -2 };

/* The version of the library; NULL where there is none. */
const char *csasl_version(void);
/* Makes a client; CSASL_MORE, or what went wrong: then `*client` says more, unless it is null. */
int csasl_open(const char *mechanism, csasl_client **client);
/* Tells it something; the value is copied. */
int csasl_set(csasl_client *client, enum csasl_property property, const char *value);
/* One step: takes a challenge, gives a response that csasl_free() frees. */
int csasl_step(csasl_client *client, const unsigned char *challenge, size_t length,
               unsigned char **response, size_t *response_length);
/* What went wrong last, in English; valid until the next call. */
const char *csasl_error(const csasl_client *client);
/* Whether that was in what the server said. */
int csasl_blames_peer(const csasl_client *client);
void csasl_free(unsigned char *response, size_t length);
void csasl_close(csasl_client *client);

#endif
