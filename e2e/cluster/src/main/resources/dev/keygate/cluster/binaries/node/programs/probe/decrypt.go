package main

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// decrypt opens a compact JWE (RSA-OAEP-256, A256GCM; RFC 7516 section 5.2) with a private JWK
// that it asks for at url with the token in file.
func decrypt(jwe, url, file string) (string, error) {
	parts := strings.Split(jwe, ".")
	if len(parts) != 5 {
		return "", errors.New("a compact JWE has five parts")
	}
	var decoded [5][]byte
	for i, part := range parts {
		bytes, err := base64.RawURLEncoding.DecodeString(part)
		if err != nil {
			return "", err
		}
		decoded[i] = bytes
	}
	key, err := fetchKey(url, file)
	if err != nil {
		return "", err
	}
	secret, err := rsa.DecryptOAEP(sha256.New(), nil, key, decoded[1], nil)
	if err != nil {
		return "", err
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return "", err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return "", err
	}
	sealed := append(decoded[3], decoded[4]...)
	plain, err := gcm.Open(nil, decoded[2], sealed, []byte(parts[0]))
	return string(plain), err
}

func fetchKey(url, file string) (*rsa.PrivateKey, error) {
	answer, err := ask("POST", url, []string{"--bearer-file", file, "--body", "{}", "--header", "Accept: application/jwk+json"})
	if err != nil {
		return nil, err
	}
	body, found := strings.CutPrefix(answer, "200 ")
	if !found {
		return nil, errors.New("no key: " + answer)
	}
	var jwk map[string]any
	if err := json.Unmarshal([]byte(body), &jwk); err != nil {
		return nil, err
	}
	number := func(name string) *big.Int {
		bytes, _ := base64.RawURLEncoding.DecodeString(fmt.Sprint(jwk[name]))
		return new(big.Int).SetBytes(bytes)
	}
	key := &rsa.PrivateKey{
		PublicKey: rsa.PublicKey{N: number("n"), E: int(number("e").Int64())},
		D:         number("d"),
		Primes:    []*big.Int{number("p"), number("q")},
	}
	return key, key.Validate()
}
