#define _GNU_SOURCE
#include "lookup.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "name_answer.h"
#include "name_query.h"

enum { stack_size = 1024 * 1024, most_threads = 128 };

struct wire_lookup {
  struct wire_lookup *next; /* in the queue */
  int64_t asked_at;         /* ms */
  atomic_int holders;
  atomic_int status;
  int event;
  int type; /* of the records to ask name servers for; 0 for getaddrinfo */
  enum wire_family family;
  uint32_t limit_ms;
  int has_name_server;
  struct wire_address name_server;
  int code, system_code;
  const char *reason; /* what a name server said, or did not */
  char reason_text[160];
  char name[longest_name];
  struct name_answer answer;
};

void wire_lookup_release(struct wire_lookup *lookup) {
  if (atomic_fetch_sub(&lookup->holders, 1) != 1) return;
  if (lookup->event >= 0) close(lookup->event);
  free(lookup);
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
      name_answer_add(&lookup->answer, text, 0);
  }
  freeaddrinfo(found);
  return lookup->answer.count > 0 ? WIRE_LOOKUP_FOUND : WIRE_LOOKUP_NO_DATA;
}

static int failed(struct wire_lookup *lookup, const char *reason, const char *text) {
  lookup->reason = reason;
  snprintf(lookup->reason_text, sizeof lookup->reason_text, "%s", text);
  if (strcmp(reason, "NXDOMAIN") == 0) return WIRE_LOOKUP_NO_SUCH_NAME;
  if (strcmp(reason, "NO_DATA") == 0) return WIRE_LOOKUP_NO_DATA;
  if (strcmp(reason, "CNAME_LOOP") == 0) return WIRE_LOOKUP_FAILED;
  return WIRE_LOOKUP_TEMPORARY;
}

/* Adds what an answer holds to the lookup; the status, that of a failure if there is one. */
static int take_answer(struct wire_lookup *lookup, const unsigned char *bytes, int length,
                       const char *failure, const char *text) {
  unsigned malformed = length > 0 ? name_answer_read(&lookup->answer, lookup->type, bytes, length) : 0;
  if (failure) {
    lookup->answer.count = 0;
    return failed(lookup, failure, text);
  }
  if (lookup->answer.count > 0) return WIRE_LOOKUP_FOUND;
  if (lookup->answer.alias[0] && name_answer_goes_round(bytes, length))
    return failed(lookup, "CNAME_LOOP", "the aliases (CNAME) lead back to one before, in a loop");
  return malformed > 0 ? failed(lookup, "MALFORMED", "the answer cannot be read")
                       : failed(lookup, "NO_DATA", "there is no such record");
}

/* One question to name servers; the status, with what was found added to the lookup. */
static int ask(struct wire_lookup *lookup) {
  struct name_reply reply = {.bytes = malloc(name_reply_capacity)};
  if (!reply.bytes) return failed(lookup, "ENOMEM", strerrordesc_np(ENOMEM));
  ask_name_servers(lookup->has_name_server ? &lookup->name_server : NULL, lookup->name,
                   lookup->type, lookup->asked_at, lookup->limit_ms, &reply);
  lookup->code = reply.code;
  int status = take_answer(lookup, reply.bytes, reply.length, reply.failure, reply.text);
  free(reply.bytes);
  return status;
}

int wire_has_route(const char *address) {
  struct wire_address there;
  if (wire_address_from_ip(&there, address, 53) != 0) return 0;
  int fd = socket(wire_address_family(&there) == WIRE_FAMILY_IPV6 ? AF_INET6 : AF_INET,
                  SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return 0;
  /* connect(2) sends nothing for a datagram socket. */
  int status = connect(fd, (const struct sockaddr *)there.bytes, there.length);
  close(fd);
  return status == 0;
}

int wire_is_address(const char *name) {
  struct wire_address ignored;
  return wire_address_from_ip(&ignored, name, 0) == 0;
}

/* Few enough that 20,000 lookups at once cost little, and enough that some which nobody answers do not
 * hold up the others. What waits for a thread, in the order in which it was asked, and how many threads there are. */
static struct {
  pthread_mutex_t lock;
  struct wire_lookup *first, **end;
  unsigned threads;
} pool = {.lock = PTHREAD_MUTEX_INITIALIZER, .end = &pool.first};

static void work(struct wire_lookup *lookup) {
  /* One that was given up while it waited needs no answer. */
  if (atomic_load(&lookup->holders) > 1) {
    int status = lookup->type ? ask(lookup) : find_addresses(lookup);
    /* Everything written above is visible to whoever reads this status. */
    atomic_store(&lookup->status, status);
    eventfd_write(lookup->event, 1);
  }
  wire_lookup_release(lookup);
}

/* Ends when nothing waits: who is between two lookups has one thread, and may enter namespaces. */
static void *serve_pool(void *unused) {
  (void)unused;
  for (;;) {
    pthread_mutex_lock(&pool.lock);
    struct wire_lookup *lookup = pool.first;
    if (lookup) pool.first = lookup->next;
    else pool.threads--;
    if (!pool.first) pool.end = &pool.first;
    pthread_mutex_unlock(&pool.lock);
    if (!lookup) return NULL;
    work(lookup);
  }
}

/* A detached thread that takes no signals: they belong to the loop. */
static int start_thread(void) {
  pthread_t thread;
  pthread_attr_t attributes;
  sigset_t all, before;
  int status = pthread_attr_init(&attributes);
  if (status != 0) return status;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, stack_size);
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  status = pthread_create(&thread, &attributes, serve_pool, NULL);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  return status;
}

/* Puts it last in the queue, for a thread of its own while there may be more of them. */
static int enqueue(struct wire_lookup *lookup) {
  int status = 0;
  pthread_mutex_lock(&pool.lock);
  if (pool.threads < most_threads) {
    status = start_thread();
    if (status == 0) pool.threads++;
  }
  /* Whoever is at work takes it when no more threads can be had. */
  if (pool.threads > 0) {
    status = 0;
    *pool.end = lookup;
    pool.end = &lookup->next;
  }
  pthread_mutex_unlock(&pool.lock);
  return status;
}

static struct wire_lookup *start(const char *name, int type, enum wire_family family,
                                 const struct wire_address *name_server, uint32_t limit_ms,
                                 int *code) {
  struct wire_lookup *lookup = NULL;
  *code = ENAMETOOLONG;
  if (strlen(name) >= sizeof lookup->name) return NULL;
  *code = ENOMEM;
  lookup = calloc(1, sizeof *lookup);
  if (!lookup) return NULL;
  strcpy(lookup->name, name);
  lookup->type = type;
  lookup->family = family;
  lookup->limit_ms = limit_ms;
  lookup->asked_at = name_query_now();
  lookup->has_name_server = name_server != NULL;
  if (name_server) lookup->name_server = *name_server;
  atomic_init(&lookup->status, WIRE_LOOKUP_PENDING);
  atomic_init(&lookup->holders, 2);
  lookup->event = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (lookup->event < 0) {
    *code = errno;
    free(lookup);
    return NULL;
  }
  *code = enqueue(lookup);
  if (*code == 0) return lookup;
  close(lookup->event);
  free(lookup);
  return NULL;
}

struct wire_lookup *wire_lookup_addresses(const char *host, enum wire_family family, int *code) {
  return start(host, 0, family, NULL, 0, code);
}

struct wire_lookup *wire_lookup_records(const char *name, enum wire_record_type type,
                                        const struct wire_address *name_server, uint32_t limit_ms,
                                        int *code) {
  return start(name, (int)type, WIRE_FAMILY_NONE, name_server, limit_ms, code);
}

struct wire_lookup *wire_lookup_of_answer(enum wire_record_type type, const unsigned char *bytes,
                                          int length) {
  struct wire_lookup *lookup = calloc(1, sizeof *lookup);
  if (!lookup) return NULL;
  lookup->type = (int)type;
  lookup->event = -1;
  atomic_init(&lookup->holders, 1);
  atomic_init(&lookup->status, take_answer(lookup, bytes, length, NULL, NULL));
  return lookup;
}

int wire_lookup_descriptor(struct wire_lookup *lookup) { return lookup->event; }

enum wire_lookup_status wire_lookup_read_status(struct wire_lookup *lookup) {
  return (enum wire_lookup_status)atomic_load(&lookup->status);
}

const char *wire_lookup_answer(struct wire_lookup *lookup, unsigned index, uint16_t *preference,
                               uint16_t *length) {
  if (index >= lookup->answer.count) return NULL;
  *preference = lookup->answer.records[index].preference;
  *length = lookup->answer.records[index].length;
  return lookup->answer.records[index].text;
}

const char *wire_lookup_alias(struct wire_lookup *lookup) { return lookup->answer.alias; }

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

struct wire_lookup_failure wire_lookup_read_failure(struct wire_lookup *lookup) {
  struct wire_lookup_failure failure = {.code = lookup->code};
  const char *system_text = lookup->system_code ? strerrordesc_np(lookup->system_code) : NULL;
  if (lookup->type) {
    failure.call = "DNS query";
    failure.name = lookup->reason;
    failure.text = lookup->reason_text;
  } else {
    failure.call = "getaddrinfo";
    failure.name = address_failure_name(lookup->code);
    failure.text = gai_strerror(lookup->code);
    if (lookup->code == EAI_SYSTEM && system_text) failure.text = system_text;
  }
  return failure;
}
