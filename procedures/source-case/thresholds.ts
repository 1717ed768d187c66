/** So many orders of different callers make a cause that is traced to its source; a local rule. */
export const sourceOrders = 3

/** So many new orders during the watch make a relapse. */
export const relapseOrders = 2
