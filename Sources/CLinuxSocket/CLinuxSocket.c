#include "CLinuxSocket.h"
int placeholder(void){return 0;}
