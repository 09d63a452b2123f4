/*
 * The client's half of SASL by GNU SASL, which is loaded when it is first asked for: nobody who does not
 * authenticate pays for it, or needs it. All lengths are bytes.
 */
#ifndef CSASL_H
#define CSASL_H

#include <stddef.h>

typedef struct csasl_client csasl_client;

/* What an exchange needs; strings end in a zero byte, and may be null where there is none. */
typedef struct {
  const char *mechanism;
  const char *user;
  const char *password;
  const char *host;
  /* Base64 (RFC 5929, RFC 9266). */
  const char *tls_unique;
  const char *tls_exporter;
} csasl_settings;

enum { CSASL_DONE = 0, CSASL_MORE = 1, CSASL_NO_LIBRARY = -1, CSASL_FAILED = -2 };

/* Makes a client; on failure `*client` is null. */
int csasl_open(const csasl_settings *settings, csasl_client **client);
/* One step: takes a challenge, gives a response that csasl_free() frees. */
int csasl_step(csasl_client *client, const unsigned char *challenge, size_t length,
               unsigned char **response, size_t *response_length);
/* What went wrong last, in English; valid until the next call. */
const char *csasl_error(const csasl_client *client);
void csasl_free(unsigned char *response, size_t length);
void csasl_close(csasl_client *client);

#endif
