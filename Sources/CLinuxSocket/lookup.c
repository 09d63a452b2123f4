#define _GNU_SOURCE
#include "lookup.h"

#include <arpa/nameser.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <resolv.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

/* More than any host has; what is beyond is not tried. */
enum { most_answers = 128, longest_name = NS_MAXDNAME, stack_size = 512 * 1024 };

struct answer {
  uint16_t preference;
  char text[longest_name];
};

struct wire_lookup {
  atomic_int holders;
  atomic_int status;
  int event;
  int is_mx;
  enum wire_family family;
  struct wire_address name_server;
  int code, system_code;
  unsigned count;
  char name[longest_name];
  struct answer answers[most_answers];
};

void wire_lookup_release(struct wire_lookup *lookup) {
  if (atomic_fetch_sub(&lookup->holders, 1) != 1) return;
  close(lookup->event);
  free(lookup);
}

static void add(struct wire_lookup *lookup, const char *text, uint16_t preference) {
  if (lookup->count == most_answers) return;
  struct answer *answer = &lookup->answers[lookup->count];
  if (snprintf(answer->text, sizeof answer->text, "%s", text) >= (int)sizeof answer->text) return;
  answer->preference = preference;
  lookup->count++;
}

static int find_addresses(struct wire_lookup *lookup) {
  struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
  if (lookup->family == WIRE_FAMILY_IPV4) hints.ai_family = AF_INET;
  if (lookup->family == WIRE_FAMILY_IPV6) hints.ai_family = AF_INET6;
  struct addrinfo *found = NULL;
  lookup->code = getaddrinfo(lookup->name, NULL, &hints, &found);
  if (lookup->code == EAI_SYSTEM) lookup->system_code = errno;
  switch (lookup->code) {
    case 0: break;
    case EAI_NONAME: return WIRE_LOOKUP_NO_SUCH_NAME;
    case EAI_NODATA:
    case EAI_ADDRFAMILY: return WIRE_LOOKUP_NO_DATA;
    case EAI_AGAIN: return WIRE_LOOKUP_TEMPORARY;
    default: return WIRE_LOOKUP_FAILED;
  }
  for (struct addrinfo *entry = found; entry; entry = entry->ai_next) {
    char text[NI_MAXHOST];
    if (getnameinfo(entry->ai_addr, entry->ai_addrlen, text, sizeof text, NULL, 0,
                    NI_NUMERICHOST) == 0)
      add(lookup, text, 0);
  }
  freeaddrinfo(found);
  return lookup->count > 0 ? WIRE_LOOKUP_FOUND : WIRE_LOOKUP_NO_DATA;
}

/* The MX records of an answer; what is malformed in it is left out. */
static void read_answer(struct wire_lookup *lookup, const unsigned char *bytes, int length) {
  ns_msg message;
  if (ns_initparse(bytes, length, &message) != 0) return;
  for (int index = 0; index < ns_msg_count(message, ns_s_an); index++) {
    ns_rr record;
    char host[longest_name];
    if (ns_parserr(&message, ns_s_an, index, &record) != 0) continue;
    if (ns_rr_type(record) != ns_t_mx || ns_rr_class(record) != ns_c_in) continue;
    if (ns_rr_rdlen(record) < 3) continue;
    const unsigned char *data = ns_rr_rdata(record);
    if (ns_name_uncompress(ns_msg_base(message), ns_msg_end(message), data + 2, host,
                           sizeof host) < 0)
      continue;
    add(lookup, host[0] ? host : ".", ns_get16(data));
  }
}

static int find_mail_exchangers(struct wire_lookup *lookup) {
  /* The greatest answer that TCP can carry: res_nquery asks again by TCP when UDP was too short. */
  enum { greatest = 65535 };
  struct __res_state state;
  memset(&state, 0, sizeof state);
  unsigned char *bytes = malloc(greatest);
  if (!bytes || res_ninit(&state) != 0) {
    free(bytes);
    lookup->code = NETDB_INTERNAL;
    lookup->system_code = ENOMEM;
    return WIRE_LOOKUP_FAILED;
  }
  if (wire_address_family(&lookup->name_server) == WIRE_FAMILY_IPV4) {
    memcpy(&state.nsaddr_list[0], lookup->name_server.bytes, sizeof state.nsaddr_list[0]);
    state.nscount = 1;
    /* A server named by hand is near, or wrong: two tries of a second each. */
    state.retrans = 1;
    state.retry = 2;
  }
  errno = 0;
  int length = res_nquery(&state, lookup->name, ns_c_in, ns_t_mx, bytes, greatest);
  int system_code = errno;
  int status = WIRE_LOOKUP_FOUND;
  if (length >= 0) {
    read_answer(lookup, bytes, length < greatest ? length : greatest);
    if (lookup->count == 0) {
      lookup->code = NO_DATA;
      status = WIRE_LOOKUP_NO_DATA;
    }
  } else {
    lookup->code = state.res_h_errno;
    lookup->system_code = system_code;
    switch (lookup->code) {
      case HOST_NOT_FOUND: status = WIRE_LOOKUP_NO_SUCH_NAME; break;
      case NO_DATA: status = WIRE_LOOKUP_NO_DATA; break;
      case TRY_AGAIN: status = WIRE_LOOKUP_TEMPORARY; break;
      default: status = WIRE_LOOKUP_FAILED; break;
    }
  }
  res_nclose(&state);
  free(bytes);
  return status;
}

static void *work(void *context) {
  struct wire_lookup *lookup = context;
  int status = lookup->is_mx ? find_mail_exchangers(lookup) : find_addresses(lookup);
  /* Everything written above is visible to whoever reads this status. */
  atomic_store(&lookup->status, status);
  eventfd_write(lookup->event, 1);
  wire_lookup_release(lookup);
  return NULL;
}

/* A detached thread that takes no signals: they belong to the loop. */
static int start_thread(struct wire_lookup *lookup) {
  pthread_t thread;
  pthread_attr_t attributes;
  sigset_t all, before;
  int status = pthread_attr_init(&attributes);
  if (status != 0) return status;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, stack_size);
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  status = pthread_create(&thread, &attributes, work, lookup);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  return status;
}

static struct wire_lookup *start(const char *name, int is_mx, enum wire_family family,
                                 const struct wire_address *name_server, int *code) {
  struct wire_lookup *lookup = NULL;
  *code = ENAMETOOLONG;
  if (strlen(name) >= sizeof lookup->name) return NULL;
  *code = ENOMEM;
  lookup = calloc(1, sizeof *lookup);
  if (!lookup) return NULL;
  strcpy(lookup->name, name);
  lookup->is_mx = is_mx;
  lookup->family = family;
  if (name_server) lookup->name_server = *name_server;
  atomic_init(&lookup->status, WIRE_LOOKUP_PENDING);
  atomic_init(&lookup->holders, 2);
  lookup->event = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (lookup->event < 0) {
    *code = errno;
    free(lookup);
    return NULL;
  }
  *code = start_thread(lookup);
  if (*code == 0) return lookup;
  close(lookup->event);
  free(lookup);
  return NULL;
}

struct wire_lookup *wire_lookup_addresses(const char *host, enum wire_family family, int *code) {
  return start(host, 0, family, NULL, code);
}

struct wire_lookup *wire_lookup_mail_exchangers(const char *domain,
                                                const struct wire_address *name_server,
                                                int *code) {
  return start(domain, 1, WIRE_FAMILY_NONE, name_server, code);
}

int wire_lookup_descriptor(struct wire_lookup *lookup) { return lookup->event; }

enum wire_lookup_status wire_lookup_read_status(struct wire_lookup *lookup) {
  return (enum wire_lookup_status)atomic_load(&lookup->status);
}

const char *wire_lookup_answer(struct wire_lookup *lookup, unsigned index, uint16_t *preference) {
  if (index >= lookup->count) return NULL;
  *preference = lookup->answers[index].preference;
  return lookup->answers[index].text;
}

static const char *address_failure_name(int code) {
  switch (code) {
    case EAI_NONAME: return "EAI_NONAME";
    case EAI_NODATA: return "EAI_NODATA";
    case EAI_ADDRFAMILY: return "EAI_ADDRFAMILY";
    case EAI_AGAIN: return "EAI_AGAIN";
    case EAI_FAIL: return "EAI_FAIL";
    case EAI_FAMILY: return "EAI_FAMILY";
    case EAI_MEMORY: return "EAI_MEMORY";
    case EAI_SERVICE: return "EAI_SERVICE";
    case EAI_SYSTEM: return "EAI_SYSTEM";
    default: return "EAI_OVERFLOW";
  }
}

static const char *query_failure_name(int code) {
  switch (code) {
    case HOST_NOT_FOUND: return "HOST_NOT_FOUND";
    case TRY_AGAIN: return "TRY_AGAIN";
    case NO_RECOVERY: return "NO_RECOVERY";
    case NO_DATA: return "NO_DATA";
    default: return "NETDB_INTERNAL";
  }
}

struct wire_lookup_failure wire_lookup_read_failure(struct wire_lookup *lookup) {
  struct wire_lookup_failure failure = {.code = lookup->code};
  const char *system_text = lookup->system_code ? strerrordesc_np(lookup->system_code) : NULL;
  if (lookup->is_mx) {
    failure.call = "res_nquery";
    failure.name = query_failure_name(lookup->code);
    failure.text = hstrerror(lookup->code);
    if (lookup->code == NETDB_INTERNAL && system_text) failure.text = system_text;
  } else {
    failure.call = "getaddrinfo";
    failure.name = address_failure_name(lookup->code);
    failure.text = gai_strerror(lookup->code);
    if (lookup->code == EAI_SYSTEM && system_text) failure.text = system_text;
  }
  return failure;
}
