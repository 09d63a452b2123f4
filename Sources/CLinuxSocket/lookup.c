#define _GNU_SOURCE
#include "lookup.h"

#include <arpa/inet.h>
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
enum { most_answers = 128, longest_name = NS_MAXDNAME, stack_size = 1024 * 1024 };

struct answer {
  uint16_t preference;
  char text[longest_name];
};

struct wire_lookup {
  atomic_int holders;
  atomic_int status;
  int event;
  int is_mx;
  int asks_name_server; /* by res_nquery, not getaddrinfo */
  enum wire_family family;
  struct wire_address name_server;
  int code, system_code;
  unsigned count;
  char name[longest_name];
  char alias[longest_name];
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

/* The records of one type in an answer; what is malformed in it is left out. The alias is where the
 * name asked for leads to by the last CNAME: a name server sends the whole chain along. */
static void read_answer(struct wire_lookup *lookup, ns_type type, const unsigned char *bytes,
                        int length) {
  ns_msg message;
  if (ns_initparse(bytes, length, &message) != 0) return;
  for (int index = 0; index < ns_msg_count(message, ns_s_an); index++) {
    ns_rr record;
    char text[longest_name];
    if (ns_parserr(&message, ns_s_an, index, &record) != 0) continue;
    if (ns_rr_class(record) != ns_c_in) continue;
    const unsigned char *data = ns_rr_rdata(record);
    unsigned size = ns_rr_rdlen(record);
    if (ns_rr_type(record) == ns_t_cname) {
      if (ns_name_uncompress(ns_msg_base(message), ns_msg_end(message), data, text,
                             sizeof text) >= 0)
        memcpy(lookup->alias, text, sizeof text);
      continue;
    }
    if (ns_rr_type(record) != type) continue;
    if (type == ns_t_mx) {
      if (size < 3 || ns_name_uncompress(ns_msg_base(message), ns_msg_end(message), data + 2,
                                         text, sizeof text) < 0)
        continue;
      add(lookup, text[0] ? text : ".", ns_get16(data));
    } else if (size == (type == ns_t_a ? 4 : 16) &&
               inet_ntop(type == ns_t_a ? AF_INET : AF_INET6, data, text, sizeof text)) {
      add(lookup, text, 0);
    }
  }
}

/* The one name server of the caller's in the place of the system's. IPv6 ones stand in memory of
 * their own there, which res_nclose frees. */
static int use_name_server(struct __res_state *state, const struct wire_address *server) {
  for (int index = 0; index < MAXNS; index++) {
    free(state->_u._ext.nsaddrs[index]);
    state->_u._ext.nsaddrs[index] = NULL;
  }
  memset(&state->nsaddr_list[0], 0, sizeof state->nsaddr_list[0]);
  if (wire_address_family(server) == WIRE_FAMILY_IPV6) {
    struct sockaddr_in6 *address = malloc(sizeof *address);
    if (!address) return -1;
    memcpy(address, server->bytes, sizeof *address);
    state->_u._ext.nsaddrs[0] = address;
  } else {
    memcpy(&state->nsaddr_list[0], server->bytes, sizeof state->nsaddr_list[0]);
  }
  state->nscount = 1;
  /* A server named by hand is near, or wrong: two tries of a second each. */
  state->retrans = 1;
  state->retry = 2;
  return 0;
}

/* One question to a name server; the status, with what was found added to the lookup. */
static int ask(struct wire_lookup *lookup, ns_type type) {
  /* The greatest answer that TCP can carry: res_nquery asks again by TCP when UDP was too short. */
  enum { greatest = 65535 };
  struct __res_state state;
  unsigned before = lookup->count;
  memset(&state, 0, sizeof state);
  unsigned char *bytes = malloc(greatest);
  lookup->code = NETDB_INTERNAL;
  lookup->system_code = ENOMEM;
  if (!bytes || res_ninit(&state) != 0) {
    free(bytes);
    return WIRE_LOOKUP_FAILED;
  }
  if (wire_address_family(&lookup->name_server) != WIRE_FAMILY_NONE &&
      use_name_server(&state, &lookup->name_server) != 0) {
    res_nclose(&state);
    free(bytes);
    return WIRE_LOOKUP_FAILED;
  }
  errno = 0;
  int length = res_nquery(&state, lookup->name, ns_c_in, type, bytes, greatest);
  int system_code = errno;
  int status = WIRE_LOOKUP_FOUND;
  lookup->code = 0;
  lookup->system_code = 0;
  if (length >= 0) {
    read_answer(lookup, type, bytes, length < greatest ? length : greatest);
    if (lookup->count == before) {
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

static int is_number(const char *name) {
  struct wire_address ignored;
  return wire_address_from_ip(&ignored, name, 0) == 0;
}

/* Whether this host has a way to any IPv6 address: connect(2) sends nothing for a datagram socket. */
static int has_route(const char *address) {
  struct wire_address there;
  if (wire_address_from_ip(&there, address, 53) != 0) return 0;
  int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return 0;
  int status = connect(fd, (const struct sockaddr *)there.bytes, there.length);
  close(fd);
  return status == 0;
}

/* Whether a name that does not exist is one: the answer that says so has the alias in it, but
 * res_nquery does not tell how long it is. */
static int look_for_alias(struct wire_lookup *lookup, int status) {
  int code = lookup->code, system_code = lookup->system_code;
  if (status != WIRE_LOOKUP_NO_SUCH_NAME) return status;
  ask(lookup, ns_t_cname);
  lookup->code = code;
  lookup->system_code = system_code;
  return status;
}

/* Addresses from one name server: IPv6 first where there is a way to it, as getaddrinfo has it. */
static int query_addresses(struct wire_lookup *lookup) {
  if (lookup->family != WIRE_FAMILY_IPV4) {
    int status = ask(lookup, ns_t_aaaa);
    if (lookup->family == WIRE_FAMILY_IPV6) return status;
    /* Whoever does not answer one question is not asked another. */
    if (status != WIRE_LOOKUP_FOUND && status != WIRE_LOOKUP_NO_DATA) return status;
  }
  unsigned sixes = lookup->count;
  int status = ask(lookup, ns_t_a);
  if (sixes == 0) return status;
  if (lookup->count > sixes && !has_route(lookup->answers[0].text)) {
    struct answer first[most_answers];
    unsigned fours = lookup->count - sixes;
    memcpy(first, lookup->answers, sixes * sizeof first[0]);
    memmove(lookup->answers, lookup->answers + sixes, fours * sizeof first[0]);
    memcpy(lookup->answers + fours, first, sixes * sizeof first[0]);
  }
  return WIRE_LOOKUP_FOUND;
}

static void *work(void *context) {
  struct wire_lookup *lookup = context;
  int status = lookup->is_mx              ? ask(lookup, ns_t_mx)
               : lookup->asks_name_server ? look_for_alias(lookup, query_addresses(lookup))
                                          : find_addresses(lookup);
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
  lookup->asks_name_server = is_mx || (name_server && !is_number(name));
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

struct wire_lookup *wire_lookup_addresses(const char *host, enum wire_family family,
                                          const struct wire_address *name_server, int *code) {
  return start(host, 0, family, name_server, code);
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

const char *wire_lookup_alias(struct wire_lookup *lookup) { return lookup->alias; }

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
  if (lookup->asks_name_server) {
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
