package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"os"
	"strings"
	"time"

	"github.com/Khan/genqlient/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// withKey is a client that shows an API key with each request.
func withKey(url, key string) graphql.Client {
	return graphql.NewClient(url+"/graphql", keyed{key})
}

type keyed struct{ key string }

func (k keyed) Do(request *http.Request) (*http.Response, error) {
	request.Header.Set("Authorization", "ApiKey "+k.key)
	return http.DefaultClient.Do(request)
}

// signIn is a client with the session of a person, who shows a password and a code of their authenticator app.
func signIn(ctx context.Context, url string) (graphql.Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	session := graphql.NewClient(url+"/graphql", &http.Client{Jar: jar})
	begun, err := SignIn(ctx, session, os.Getenv("GATEHOUSE_ACCOUNT"), os.Getenv("GATEHOUSE_LOGIN"), os.Getenv("GATEHOUSE_PASSWORD"))
	if err := succeeded(begun.SignIn, err); err != nil {
		return nil, err
	}
	if *begun.SignIn.Next != SignInNextVerifyMfa {
		return nil, fmt.Errorf("sign in: next is %s", *begun.SignIn.Next)
	}
	verified, err := VerifyTotp(ctx, session, begun.SignIn.Challenge.Token, totp(os.Getenv("GATEHOUSE_TOTP_SECRET"), time.Now()))
	return session, succeeded(verified.VerifyTotp, err)
}

// totp is the code of an authenticator app (RFC 6238).
func totp(secret string, at time.Time) string {
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ReplaceAll(secret, " ", ""))
	if err != nil {
		panic(err)
	}
	mac := hmac.New(sha1.New, key)
	_ = binary.Write(mac, binary.BigEndian, at.Unix()/30)
	sum := mac.Sum(nil)
	offset := sum[len(sum)-1] & 0xf
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[offset:])&0x7fffffff%1_000_000)
}

// succeeded puts both kinds of errors together: that of the request, and those that a person can put right.
func succeeded[P interface{ GetUserErrors() []*Problem }](payload P, err error) error {
	if err != nil {
		return err
	}
	for _, problem := range payload.GetUserErrors() {
		err = errors.Join(err, fmt.Errorf("%s at %s: %s", problem.Code, strings.Join(problem.Field, "."), problem.Message))
	}
	return err
}

// codeOf is the code of the first GraphQL error; empty: none.
func codeOf(err error) string {
	var list gqlerror.List
	var status *graphql.HTTPError
	if errors.As(err, &status) { // RATE_LIMITED comes with status 429 or 503, and Retry-After
		list = status.Response.Errors
	} else if !errors.As(err, &list) {
		return ""
	}
	if len(list) == 0 {
		return ""
	}
	code, _ := list[0].Extensions["code"].(string)
	return code
}
