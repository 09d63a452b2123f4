#include "csasl.h"

#include <dlfcn.h>
#include <gsasl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* The functions of the library that we use, by its own types. */
#define EACH(_)                                                                                    \
  _(gsasl_check_version)                                                                           \
  _(gsasl_init)                                                                                    \
  _(gsasl_done)                                                                                    \
  _(gsasl_client_start)                                                                            \
  _(gsasl_finish)                                                                                  \
  _(gsasl_property_set)                                                                            \
  _(gsasl_step)                                                                                    \
  _(gsasl_strerror)                                                                                \
  _(gsasl_free)

#define POINTER(name) __typeof__(&name) name;
typedef struct {
  void *handle;
  EACH(POINTER)
} library;

struct csasl_client {
  Gsasl *context;
  Gsasl_session *session;
  int code;
};

static library library_found;

/* The name is that of the versions 2.x. */
static void load(void) {
  library *it = &library_found;
  it->handle = dlopen("libgsasl.so.18", RTLD_NOW | RTLD_LOCAL);
  if (!it->handle) it->handle = dlopen("libgsasl.so", RTLD_NOW | RTLD_LOCAL);
#define LOAD(name)                                                                                 \
  if (it->handle && !(it->name = (__typeof__(&name))dlsym(it->handle, #name))) it->handle = NULL;
  EACH(LOAD)
}

/* Loaded once, whichever thread asks first, and never unloaded. */
static const library *loaded(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return library_found.handle ? &library_found : NULL;
}

const char *csasl_version(void) {
  const library *gsasl = loaded();
  return gsasl ? gsasl->gsasl_check_version(NULL) : NULL;
}

int csasl_open(const char *mechanism, csasl_client **made) {
  *made = NULL;
  const library *gsasl = loaded();
  if (!gsasl) return CSASL_NO_LIBRARY;
  csasl_client *client = calloc(1, sizeof *client);
  if (!client) return CSASL_FAILED;
  *made = client;
  client->code = gsasl->gsasl_init(&client->context);
  if (client->code != GSASL_OK) return CSASL_FAILED;
  client->code = gsasl->gsasl_client_start(client->context, mechanism, &client->session);
  if (client->code != GSASL_OK) return CSASL_FAILED;
  client->code = gsasl->gsasl_property_set(client->session, GSASL_SERVICE, "smtp");
  return client->code == GSASL_OK ? CSASL_MORE : CSASL_FAILED;
}

int csasl_set(csasl_client *client, enum csasl_property property, const char *value) {
  static const Gsasl_property names[] = {
      [CSASL_USER] = GSASL_AUTHID,
      [CSASL_AUTHORIZED] = GSASL_AUTHZID,
      [CSASL_PASSWORD] = GSASL_PASSWORD,
      [CSASL_HOST] = GSASL_HOSTNAME,
      [CSASL_TLS_UNIQUE] = GSASL_CB_TLS_UNIQUE,
      [CSASL_TLS_EXPORTER] = GSASL_CB_TLS_EXPORTER,
  };
  client->code = loaded()->gsasl_property_set(client->session, names[property], value);
  return client->code == GSASL_OK ? CSASL_MORE : CSASL_FAILED;
}

int csasl_step(csasl_client *client, const unsigned char *challenge, size_t length,
               unsigned char **response, size_t *response_length) {
  char *output = NULL;
  *response = NULL;
  *response_length = 0;
  client->code = loaded()->gsasl_step(client->session, (const char *)challenge, length, &output,
                                      response_length);
  if (client->code != GSASL_OK && client->code != GSASL_NEEDS_MORE) return CSASL_FAILED;
  *response = (unsigned char *)output;
  return client->code == GSASL_OK ? CSASL_DONE : CSASL_MORE;
}

const char *csasl_error(const csasl_client *client) {
  return loaded()->gsasl_strerror(client->code);
}

int csasl_blames_peer(const csasl_client *client) {
  switch (client->code) {
  case GSASL_MECHANISM_CALLED_TOO_MANY_TIMES:
  case GSASL_MECHANISM_PARSE_ERROR:
  case GSASL_AUTHENTICATION_ERROR:
  case GSASL_INTEGRITY_ERROR:
  case GSASL_BASE64_ERROR:
    return 1;
  default:
    return 0;
  }
}

void csasl_free(unsigned char *response, size_t length) {
  if (!response) return;
  explicit_bzero(response, length);
  loaded()->gsasl_free(response);
}

void csasl_close(csasl_client *client) {
  if (client->session) loaded()->gsasl_finish(client->session);
  if (client->context) loaded()->gsasl_done(client->context);
  free(client);
}
