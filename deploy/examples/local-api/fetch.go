// Makes an HMAC of a text with the key "session".
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func setting(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

func main() {
	api := setting("KEYGATE_API", "http://127.0.0.1:8250")
	token, err := os.ReadFile(filepath.Join(setting("KEYGATE_FOLDER", "/run/keygate"), "token"))
	if err != nil {
		log.Fatal(err)
	}
	request, err := http.NewRequest("POST", api+"/v1/keys/session/material", strings.NewReader("{}"))
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+string(token))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/octet-stream")
	// A transport of its own has no proxy: the address is this machine's own.
	client := http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{}}
	answer, err := client.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer answer.Body.Close()
	key, err := io.ReadAll(answer.Body)
	if err != nil {
		log.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK {
		log.Fatal(string(key))
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(os.Args[1]))
	fmt.Println(hex.EncodeToString(mac.Sum(nil)))
}
