//go:build !linux

package files

import "errors"

func renameWithoutReplacing(string, string) error { return errors.ErrUnsupported }
