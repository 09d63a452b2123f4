#define _GNU_SOURCE
#include "error_names.h"

#include <string.h>

const char *wire_error_name(int code) {
  const char *name = strerrorname_np(code);
  return name ? name : "errno";
}

const char *wire_error_text(int code) {
  const char *text = strerrordesc_np(code);
  return text ? text : "Unknown error";
}
