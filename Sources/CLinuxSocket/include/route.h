/* The way to an address, as the kernel's routes see it: no packet is sent. */
#ifndef CLINUXSOCKET_ROUTE_H
#define CLINUXSOCKET_ROUTE_H

#include "address.h"

/* The interface that holds our end of the way; sizes in bytes, -1 where the kernel does not tell. */
struct wire_route {
  char interface[64];
  int interface_mtu, path_mtu;
};

/* `local` is the address we come from, or NULL for the kernel's choice. -ENODEV when no interface
 * holds our address. connect(2) on a datagram socket, IP_MTU, getifaddrs(3), SIOCGIFMTU. */
int wire_find_route(const struct wire_address *_Nullable local,
                    const struct wire_address *_Nonnull remote, struct wire_route *_Nonnull out);

#endif
