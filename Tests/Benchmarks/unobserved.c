/*
 * unobserved - a library to preload: a kernel that stamps no packet and says nothing of a connection.
 *
 * What evidence costs is the difference between smtpprobe with it and without. The program is the same: it runs on such
 * kernels, and knows less there.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int setsockopt(int fd, int level, int name, const void *value, socklen_t length) {
  if (level == SOL_SOCKET && name == SO_TIMESTAMPING) return 0;
  return (int)syscall(SYS_setsockopt, fd, level, name, value, length);
}

int getsockopt(int fd, int level, int name, void *value, socklen_t *length) {
  if (level == IPPROTO_TCP && name == TCP_INFO) {
    errno = ENOPROTOOPT;
    return -1;
  }
  return (int)syscall(SYS_getsockopt, fd, level, name, value, length);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  struct msghdr plain = *message;
  plain.msg_control = NULL;
  plain.msg_controllen = 0;
  return syscall(SYS_sendmsg, fd, &plain, flags);
}

int recvmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags, struct timespec *timeout) {
  if (flags & MSG_ERRQUEUE) {
    errno = EAGAIN;
    return -1;
  }
  return (int)syscall(SYS_recvmmsg, fd, messages, count, flags, timeout);
}
