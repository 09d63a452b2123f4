#include "cgnutls.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

static cgnutls_functions functions;
/* A variable of the library, through which it frees what it allocated. */
static gnutls_free_function *free_function;
static char problem[256];
static atomic_int is_loaded;

/* The name is that of all versions since 3.4. */
static void load(void) {
  void *library = dlopen("libgnutls.so.30", RTLD_NOW | RTLD_LOCAL);
  int is_complete = library != NULL;
#define LOAD(name)                                                                                 \
  functions.name = is_complete ? (__typeof__(&gnutls_##name))dlsym(library, "gnutls_" #name) : 0;   \
  is_complete = functions.name != 0;
  CGNUTLS_EACH(LOAD)
  if (is_complete) free_function = (gnutls_free_function *)dlsym(library, "gnutls_free");
  if (free_function) {
    atomic_store(&is_loaded, 1);
    return;
  }
  const char *words = dlerror();
  snprintf(problem, sizeof problem, "%s", words ? words : "libgnutls.so.30 cannot be loaded");
  memset(&functions, 0, sizeof functions);
}

/* Once, whichever thread asks first; never unloaded. */
static void load_once(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
}

const cgnutls_functions *cgnutls(void) {
  load_once();
  return &functions;
}

const char *cgnutls_problem(void) {
  load_once();
  return problem[0] ? problem : NULL;
}

int cgnutls_is_loaded(void) { return atomic_load(&is_loaded); }

void cgnutls_free(void *pointer) { (*free_function)(pointer); }
