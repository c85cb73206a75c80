package password

import (
	"crypto/rand"
	"strings"
)

// Generate makes a password for the command line and demonstrations: four groups of five letters and digits, 100 bits.
// Neither 0 nor 1 occurs, so that it can be read from paper.
func Generate() string {
	random := strings.ToLower(rand.Text()) // five bits a character, 26 characters
	return strings.Join([]string{random[:5], random[5:10], random[10:15], random[15:20]}, "-")
}
