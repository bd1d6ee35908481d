package dev.shedmaster.ci.jenkins;

import okhttp3.FormBody;
import okhttp3.HttpUrl;

/**
 * A form ready to be submitted.
 *
 * @param call what it is for
 * @param url where it goes
 * @param body what it says
 */
record FormCall(Call call, HttpUrl url, FormBody body) {}
