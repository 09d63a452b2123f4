#include "cunbound.h"

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unbound.h>

/* The functions of the library that we use, by its own types. */
#define EACH(_)                                                                                    \
  _(ub_version)                                                                                    \
  _(ub_strerror)                                                                                   \
  _(ub_ctx_create)                                                                                 \
  _(ub_ctx_delete)                                                                                 \
  _(ub_ctx_set_option)                                                                             \
  _(ub_ctx_set_fwd)                                                                                \
  _(ub_ctx_resolvconf)                                                                             \
  _(ub_ctx_add_ta)                                                                                 \
  _(ub_ctx_debugout)                                                                               \
  _(ub_ctx_async)                                                                                  \
  _(ub_ctx_data_remove)                                                                            \
  _(ub_fd)                                                                                         \
  _(ub_process)                                                                                    \
  _(ub_resolve_async)                                                                              \
  _(ub_cancel)                                                                                     \
  _(ub_resolve_free)

#define POINTER(name) __typeof__(&name) name;
typedef struct {
  void *handle;
  EACH(POINTER)
} library;

struct cunbound_context {
  struct ub_ctx *context;
};

struct cunbound_question {
  cunbound_context *context;
  int number;
  int state;
  int error;
  struct ub_result *result;
};

static library library_found;

/* The name is that of all versions since 1.6.4. */
static void load(void) {
  library *it = &library_found;
  it->handle = dlopen("libunbound.so.8", RTLD_NOW | RTLD_LOCAL);
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

const char *cunbound_version(void) {
  const library *unbound = loaded();
  return unbound ? unbound->ub_version() : NULL;
}

/* Settings that differ from those of the library. */
static const char *const settings[][2] = {
    /* A name server on this host is one like others. */
    {"do-not-query-localhost:", "no"},
    /* What is asked for is asked for, though another answer proves that it is not there: whether a name server
     * answers is what one wants to know. */
    {"aggressive-nsec:", "no"},
    /* Asks for what nobody wants to know (RFC 8145). */
    {"trust-anchor-signaling:", "no"},
};

static int add_anchors(const library *unbound, struct ub_ctx *context, const char *lines) {
  int error = 0;
  for (size_t length; !error && *lines; lines += length + (lines[length] == '\n')) {
    length = strcspn(lines, "\n");
    char *line = strndup(lines, length);
    error = line ? unbound->ub_ctx_add_ta(context, line) : UB_NOMEM;
    free(line);
  }
  return error;
}

static int set_up(const library *unbound, struct ub_ctx *context, const char *forwarder,
                  const char *anchors) {
  int error = unbound->ub_ctx_debugout(context, NULL);
  for (size_t i = 0; !error && i < sizeof settings / sizeof *settings; i++)
    error = unbound->ub_ctx_set_option(context, settings[i][0], settings[i][1]);
  if (!error)
    error = forwarder ? unbound->ub_ctx_set_fwd(context, forwarder)
                      : unbound->ub_ctx_resolvconf(context, NULL);
  if (!error) error = add_anchors(unbound, context, anchors);
  if (!error) error = unbound->ub_ctx_async(context, 1);
  /* The first call that needs all of this reads it; so that it is this one, one without effect. */
  if (!error) error = unbound->ub_ctx_data_remove(context, "invalid.");
  return error;
}

int cunbound_open(const char *forwarder, const char *anchors, cunbound_context **made,
                  const char **problem) {
  *made = NULL;
  const library *unbound = loaded();
  if (!unbound) return CUNBOUND_NO_LIBRARY;
  *problem = unbound->ub_strerror(UB_NOMEM);
  cunbound_context *context = calloc(1, sizeof *context);
  if (!context) return CUNBOUND_FAILED;
  context->context = unbound->ub_ctx_create();
  int error = context->context ? set_up(unbound, context->context, forwarder, anchors) : UB_NOMEM;
  if (error) {
    *problem = unbound->ub_strerror(error);
    cunbound_close(context);
    return CUNBOUND_FAILED;
  }
  *made = context;
  return CUNBOUND_DONE;
}

int cunbound_descriptor(cunbound_context *context) { return loaded()->ub_fd(context->context); }

void cunbound_process(cunbound_context *context) { loaded()->ub_process(context->context); }

void cunbound_close(cunbound_context *context) {
  if (context->context) loaded()->ub_ctx_delete(context->context);
  free(context);
}

static void answered(void *argument, int error, struct ub_result *result) {
  cunbound_question *question = argument;
  question->error = error;
  question->result = result;
  question->state = error ? CUNBOUND_FAILED : CUNBOUND_DONE;
}

cunbound_question *cunbound_ask(cunbound_context *context, const char *name, int type,
                                const char **problem) {
  const library *unbound = loaded();
  *problem = unbound->ub_strerror(UB_NOMEM);
  cunbound_question *question = calloc(1, sizeof *question);
  if (!question) return NULL;
  question->context = context;
  question->state = CUNBOUND_OPEN;
  /* The first question starts the thread. It takes no signals: they belong to the loop. */
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  int error = unbound->ub_resolve_async(context->context, name, type, 1, question, answered,
                                        &question->number);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (!error) return question;
  *problem = unbound->ub_strerror(error);
  free(question);
  return NULL;
}

int cunbound_state(const cunbound_question *question) { return question->state; }

int cunbound_rcode(const cunbound_question *question) { return question->result->rcode; }

int cunbound_is_secure(const cunbound_question *question) { return question->result->secure; }

int cunbound_is_bogus(const cunbound_question *question) { return question->result->bogus; }

const char *cunbound_reason(const cunbound_question *question) {
  if (question->result) return question->result->why_bogus;
  return question->error ? loaded()->ub_strerror(question->error) : NULL;
}

const char *cunbound_canonical_name(const cunbound_question *question) {
  return question->result->canonname;
}

const unsigned char *cunbound_record(const cunbound_question *question, size_t index,
                                     size_t *length) {
  const struct ub_result *result = question->result;
  if (!result->havedata || !result->data[index]) return NULL;
  *length = (size_t)result->len[index];
  return (const unsigned char *)result->data[index];
}

void cunbound_release(cunbound_question *question) {
  const library *unbound = loaded();
  if (question->state == CUNBOUND_OPEN)
    unbound->ub_cancel(question->context->context, question->number);
  if (question->result) unbound->ub_resolve_free(question->result);
  free(question);
}
