package graph

import (
	"net/netip"
	"sync"
	"time"
)

// Answers that are being written stay in memory until their readers have taken them, or the server's deadline has passed.
const (
	smallAnswer  = 64 << 10 // fits into the buffers of a connection
	unreadOfAll  = 128 << 20
	unreadOfOne  = 4 * maxAnswer // of a user, or of a stranger's address
	unreadRetry  = 10 * time.Second
	strangerBits = 64 // of an IPv6 address, which one visitor has many of
)

// unread counts the bytes of large answers that are being written.
type unread struct {
	mu    sync.Mutex
	all   int
	byOne map[string]int
}

func newUnread() *unread { return &unread{byOne: make(map[string]int)} }

// begin says whether an answer of a size may be written to a visitor. If so, read must be called when it is.
func (u *unread) begin(visitor *Visitor, size int) (read func(), ok bool) {
	if size <= smallAnswer {
		return func() {}, true
	}
	who := readerOf(visitor)
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.all+size > unreadOfAll || u.byOne[who]+size > unreadOfOne {
		return nil, false
	}
	u.add(who, size)
	return func() {
		u.mu.Lock()
		defer u.mu.Unlock()
		u.add(who, -size)
	}, true
}

func (u *unread) add(who string, size int) {
	u.all += size
	if u.byOne[who] += size; u.byOne[who] == 0 {
		delete(u.byOne, who)
	}
}

func readerOf(visitor *Visitor) string {
	if viewer := visitor.Viewer(); viewer != nil {
		return string(viewer.User.ID)
	}
	ip := visitor.Client.IP
	if ip.Is6() {
		return netip.PrefixFrom(ip, strangerBits).Masked().String()
	}
	return ip.String()
}
