/* fail_nth.so - preloaded, lets the n-th call of one kind fail, once, and counts the calls of every kind.
 *
 *   TORTURE_FILE   a file of 4 KiB for the counters, shared with who asks (struct counters)
 *   TORTURE_CALL   the name of the kind, as in `names`
 *   TORTURE_NTH    which call fails, from 1; 0 for none, -1 for all
 *   TORTURE_ERRNO  what errno is then; for getaddrinfo, what it returns; for clock, by how many hours. 0: a short count (read, write),
 *                  a short TCP_INFO (getsockopt), the end of the stream (recvmsg)
 *
 * Allocations fail only where GnuTLS itself asks: Swift, GMP and libtasn1 end the process
 * when they get none, and nobody above them is asked. What Swift's compiler makes of an accessor asks too,
 * from the program's own code, and libtasn1 by way of the C library.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum kind {
  SOCKET, BIND, LISTEN, ACCEPT, CONNECT, SEND, RECV, READ, WRITE, OPEN, CLOSE, EPOLL_CREATE, EPOLL_CTL,
  EPOLL_WAIT, GETSOCKOPT, SETSOCKOPT, GETSOCKNAME, IOCTL, SHUTDOWN, FCNTL, DUP, FSTAT, SIGNALFD, EVENTFD,
  VFORK, THREAD, RENAME, GETADDRINFO, CLOCK, MALLOC, KINDS
};

static const char *const names[KINDS] = {
  "socket", "bind", "listen", "accept", "connect", "send", "recv", "read", "write", "open", "close",
  "epoll_create", "epoll_ctl", "epoll_wait", "getsockopt", "setsockopt", "getsockname", "ioctl", "shutdown",
  "fcntl", "dup", "fstat", "signalfd", "eventfd", "vfork", "thread", "rename", "getaddrinfo", "clock",
  "malloc"
};

/* What stands in TORTURE_FILE: a number for each kind, then whether anything failed. */
struct counters {
  _Atomic int64_t calls[KINDS];
  _Atomic int64_t failed;
};

static struct counters none;
static struct counters *counters = &none;
static int chosen = -1;
static int64_t nth;
static int error_number;

/* Code whose failed allocations somebody looks at. */
static struct { uintptr_t start, end; } careful[16];
static _Atomic int careful_count;

static int is_careful(const void *caller) {
  for (int index = 0; index < careful_count; index++)
    if ((uintptr_t)caller >= careful[index].start && (uintptr_t)caller < careful[index].end) return 1;
  return 0;
}

static int note_careful(struct dl_phdr_info *info, size_t size, void *data) {
  static const char *const libraries[] = {
    "libgnutls", "libidn2", "libresolv"
  };
  int wanted = 0;
  for (size_t index = 0; index < sizeof libraries / sizeof libraries[0]; index++)
    if (strstr(info->dlpi_name, libraries[index])) wanted = 1;
  for (int index = 0; wanted && index < info->dlpi_phnum; index++) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[index];
    if (part->p_type != PT_LOAD || !(part->p_flags & PF_X) || careful_count == 16) continue;
    uintptr_t start = info->dlpi_addr + part->p_vaddr;
    if (is_careful((const void *)start)) continue;
    careful[careful_count].start = start;
    careful[careful_count].end = start + part->p_memsz;
    careful_count++;
  }
  return 0;
}

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("TORTURE_FILE"), *call = getenv("TORTURE_CALL");
  if (!path || !call) return;
  int fd = open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (page == MAP_FAILED) return;
  dl_iterate_phdr(note_careful, NULL);
  nth = atoll(getenv("TORTURE_NTH"));
  error_number = atoi(getenv("TORTURE_ERRNO"));
  for (int kind = 0; kind < KINDS; kind++)
    if (strcmp(names[kind], call) == 0) chosen = kind;
  /* Only the process itself: programs that it starts are not ours. */
  unsetenv("LD_PRELOAD");
  memset(page, 0, sizeof *counters);
  counters = page;
}

/* Counts the call; whether it is the one that fails. */
static int fails(enum kind kind) {
  int64_t number = atomic_fetch_add(&counters->calls[kind], 1) + 1;
  if (counters == &none || (int)kind != chosen || (nth != number && nth != -1)) return 0;
  atomic_fetch_add(&counters->failed, 1);
  errno = error_number;
  return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define WRAP(kind, type, name, parameters, ...)                        \
  type name parameters {                                               \
    if (fails(kind)) return (type)-1;                                  \
    static __typeof__(&name) real;                                     \
    if (!real) real = REAL(name);                                      \
    return real(__VA_ARGS__);                                          \
  }

WRAP(SOCKET, int, socket, (int domain, int type, int protocol), domain, type, protocol)
WRAP(BIND, int, bind, (int fd, const struct sockaddr *address, socklen_t length), fd, address, length)
WRAP(LISTEN, int, listen, (int fd, int backlog), fd, backlog)
WRAP(ACCEPT, int, accept4, (int fd, struct sockaddr *address, socklen_t *length, int flags), fd, address,
     length, flags)
WRAP(CONNECT, int, connect, (int fd, const struct sockaddr *address, socklen_t length), fd, address, length)
WRAP(EPOLL_CREATE, int, epoll_create1, (int flags), flags)
WRAP(EPOLL_CTL, int, epoll_ctl, (int epoll, int operation, int fd, struct epoll_event *event), epoll,
     operation, fd, event)
WRAP(EPOLL_WAIT, int, epoll_pwait2,
     (int epoll, struct epoll_event *events, int capacity, const struct timespec *timeout,
      const sigset_t *mask), epoll, events, capacity, timeout, mask)
WRAP(SETSOCKOPT, int, setsockopt, (int fd, int level, int name, const void *value, socklen_t length), fd,
     level, name, value, length)
WRAP(GETSOCKNAME, int, getsockname, (int fd, struct sockaddr *address, socklen_t *length), fd, address,
     length)
WRAP(SHUTDOWN, int, shutdown, (int fd, int how), fd, how)
WRAP(DUP, int, dup2, (int fd, int other), fd, other)
WRAP(FSTAT, int, fstat, (int fd, struct stat *facts), fd, facts)
WRAP(SIGNALFD, int, signalfd, (int fd, const sigset_t *mask, int flags), fd, mask, flags)
WRAP(EVENTFD, int, eventfd, (unsigned value, int flags), value, flags)
WRAP(RENAME, int, rename, (const char *from, const char *to), from, to)

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*work)(void *),
                   void *argument) {
  if (fails(THREAD)) return error_number;
  static __typeof__(&pthread_create) real;
  if (!real) real = REAL(pthread_create);
  return real(thread, attributes, work, argument);
}

/* The wall clock is set, from the n-th look at it on, by as many hours as TORTURE_ERRNO says. */
int clock_gettime(clockid_t clock, struct timespec *now) {
  static __typeof__(&clock_gettime) real;
  static _Atomic int64_t step;
  if (!real) real = REAL(clock_gettime);
  int status = real(clock, now);
  if (clock != CLOCK_REALTIME) return status;
  if (fails(CLOCK)) step = (int64_t)error_number * 3600;
  now->tv_sec += step;
  return status;
}

/* Closes all the same, as the kernel does. */
int close(int fd) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "close");
  int status = real(fd);
  return fails(CLOSE) ? -1 : status;
}

ssize_t read(int fd, void *bytes, size_t length) {
  if (fails(READ)) {
    if (error_number != 0) return -1;
    length = length > 1 ? 1 : length;
  }
  static __typeof__(&read) real;
  if (!real) real = REAL(read);
  return real(fd, bytes, length);
}

ssize_t write(int fd, const void *bytes, size_t length) {
  if (fails(WRITE)) {
    if (error_number != 0) return -1;
    length = length > 1 ? 1 : length;
  }
  static __typeof__(&write) real;
  if (!real) real = REAL(write);
  return real(fd, bytes, length);
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags) {
  if (fails(RECV)) {
    if (error_number != 0) return -1;
    message->msg_controllen = 0;
    return 0;
  }
  static __typeof__(&recvmsg) real;
  if (!real) real = REAL(recvmsg);
  return real(fd, message, flags);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  struct msghdr shorter = *message;
  struct iovec piece;
  if (fails(SEND)) {
    if (error_number != 0) return -1;
    piece = message->msg_iov[0];
    piece.iov_len = piece.iov_len > 1 ? 1 : piece.iov_len;
    shorter.msg_iov = &piece;
    shorter.msg_iovlen = 1;
  }
  static __typeof__(&sendmsg) real;
  if (!real) real = REAL(sendmsg);
  return real(fd, &shorter, flags);
}

int getsockopt(int fd, int level, int name, void *value, socklen_t *length) {
  static __typeof__(&getsockopt) real;
  if (!real) real = REAL(getsockopt);
  if (fails(GETSOCKOPT)) {
    if (error_number != 0) return -1;
    /* Linux 3.2 had 104 bytes. */
    if (level == IPPROTO_TCP && name == TCP_INFO && *length > 104) *length = 104;
  }
  return real(fd, level, name, value, length);
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  int mode = flags & O_CREAT ? va_arg(rest, int) : 0;
  va_end(rest);
  if (fails(OPEN)) return -1;
  static int (*real)(const char *, int, ...);
  if (!real) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
  return real(path, flags, mode);
}

int ioctl(int fd, unsigned long request, ...) {
  va_list rest;
  va_start(rest, request);
  void *argument = va_arg(rest, void *);
  va_end(rest);
  if (fails(IOCTL)) return -1;
  static int (*real)(int, unsigned long, ...);
  if (!real) real = (int (*)(int, unsigned long, ...))dlsym(RTLD_NEXT, "ioctl");
  return real(fd, request, argument);
}

int fcntl(int fd, int command, ...) {
  va_list rest;
  va_start(rest, command);
  void *argument = va_arg(rest, void *);
  va_end(rest);
  if (fails(FCNTL)) return -1;
  static int (*real)(int, int, ...);
  if (!real) real = (int (*)(int, int, ...))dlsym(RTLD_NEXT, "fcntl");
  return real(fd, command, argument);
}

/* A wrapper cannot call vfork for its caller, whose frame the child would leave: fork will do. */
pid_t vfork(void) { return fails(VFORK) ? -1 : fork(); }

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
                struct addrinfo **found) {
  if (fails(GETADDRINFO)) return error_number;
  static __typeof__(&getaddrinfo) real;
  if (!real) real = REAL(getaddrinfo);
  return real(name, service, hints, found);
}

/* Libraries that are loaded when they are asked for are looked at then. One load at a time, while others allocate. */
void *dlopen(const char *path, int mode) {
  static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
  static __typeof__(&dlopen) real;
  if (!real) real = REAL(dlopen);
  void *library = real(path, mode);
  if (library && counters != &none) {
    pthread_mutex_lock(&one);
    dl_iterate_phdr(note_careful, NULL);
    pthread_mutex_unlock(&one);
  }
  return library;
}

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);

void *malloc(size_t size) {
  if (is_careful(__builtin_return_address(0)) && fails(MALLOC)) return NULL;
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  if (is_careful(__builtin_return_address(0)) && fails(MALLOC)) return NULL;
  return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
  if (is_careful(__builtin_return_address(0)) && fails(MALLOC)) return NULL;
  return __libc_realloc(old, size);
}
