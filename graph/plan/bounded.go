package plan

import (
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Bounded is a cache of what was used last, of at most a number of entries and of a total weight. It is safe for concurrent use.
type Bounded[K comparable, V any] struct {
	heaviest int

	mu     sync.Mutex
	kept   *simplelru.LRU[K, weighed[V]]
	weight int
}

type weighed[V any] struct {
	value  V
	weight int
}

// NewBounded makes a cache of at most a positive number of entries, which together weigh at most heaviest.
func NewBounded[K comparable, V any](entries, heaviest int) *Bounded[K, V] {
	b := &Bounded[K, V]{heaviest: heaviest}
	kept, err := simplelru.NewLRU(entries, func(_ K, gone weighed[V]) { b.weight -= gone.weight })
	if err != nil { // only for a number that is not positive
		panic(err)
	}
	b.kept = kept
	return b
}

// Get returns what is kept under a key.
func (b *Bounded[K, V]) Get(key K) (value V, found bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	entry, found := b.kept.Get(key)
	return entry.value, found
}

// Add keeps a value, or gives one that is kept another weight, and drops what was used longest ago for it. What is heavier
// than a quarter of everything is not kept.
func (b *Bounded[K, V]) Add(key K, value V, weight int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.kept.Remove(key)
	if weight > b.heaviest/4 {
		return
	}
	b.kept.Add(key, weighed[V]{value, weight})
	b.weight += weight
	for b.weight > b.heaviest {
		b.kept.RemoveOldest()
	}
}

// Len is how many entries are kept.
func (b *Bounded[K, V]) Len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.kept.Len()
}
