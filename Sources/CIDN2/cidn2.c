#include "cidn2.h"

#include <dlfcn.h>
#include <idn2.h>
#include <pthread.h>
#include <stddef.h>

/* The functions of the library that we use, by its own types. */
static __typeof__(&idn2_to_ascii_8z) to_ascii;
static __typeof__(&idn2_to_unicode_8z8z) to_unicode;
static __typeof__(&idn2_strerror) describe;
static __typeof__(&idn2_free) release;

static void load(void) {
  void *library = dlopen("libidn2.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  describe = (__typeof__(describe))dlsym(library, "idn2_strerror");
  release = (__typeof__(release))dlsym(library, "idn2_free");
  to_unicode = (__typeof__(to_unicode))dlsym(library, "idn2_to_unicode_8z8z");
  if (describe && release && to_unicode)
    to_ascii = (__typeof__(to_ascii))dlsym(library, "idn2_to_ascii_8z");
}

char *cidn2_to_ascii(const char *name, const char **problem) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  char *found = NULL;
  pthread_once(&once, load);
  if (!to_ascii) {
    *problem = "libidn2.so.0 cannot be loaded";
    return NULL;
  }
  int code = to_ascii(name, &found, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
  if (code == IDN2_OK && found) return found;
  *problem = describe(code);
  return NULL;
}

char *cidn2_to_unicode(const char *name, const char **problem) {
  char *ascii = cidn2_to_ascii(name, problem), *found = NULL;
  if (!ascii) return NULL;
  int code = to_unicode(ascii, &found, 0);
  release(ascii);
  if (code == IDN2_OK && found) return found;
  *problem = describe(code);
  return NULL;
}

void cidn2_free(char *name) { release(name); }
