// Package access answers whether somebody may come in, and what they may do. It holds the permission catalogue, who asks
// (the viewer), and the decision itself: a pure function over what the database says of a user, a door, an address and a
// moment.
package access
