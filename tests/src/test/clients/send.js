// Sends one event of each kind that each tracker has, to the collector whose URL is the first argument; the second stands
// before the name of each event. Ends with 0 when every tracker says that it is done.
'use strict';

const path = require('path');
const modules = process.argv[4];
const load = name => require(path.join(modules, 'node_modules', name));

const collector = new URL(process.argv[2]);
const mark = process.argv[3];
const host = collector.origin;
const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

async function snowplow() {
  const { newTracker, buildStructEvent, buildSelfDescribingEvent } = load('@snowplow/node-tracker');
  for (const eventMethod of ['post', 'get']) {
    const tracker = newTracker(
      { namespace: 'test', appId: 'test', encodeBase64: true },
      { endpoint: host, eventMethod, bufferSize: 1 });
    tracker.setUserId('jane');
    tracker.track(buildStructEvent({ category: 'c', action: `${mark}_snowplow_${eventMethod}`, value: 1 }));
    if (eventMethod === 'post') {
      tracker.track(buildSelfDescribingEvent({
        event: { schema: `iglu:com.example/${mark}_snowplow_described/jsonschema/1-0-0`, data: { plan: 'pro' } }
      }));
    }
    await tracker.flush();
  }
}

async function segment() {
  const { Analytics } = load('@segment/analytics-node');
  const analytics = new Analytics({ writeKey: 'test', host, flushAt: 2, flushInterval: 100 });
  analytics.on('error', error => console.error('segment', error.code));
  for (const name of ['one', 'two', 'three']) {
    analytics.track({ userId: 'jane', event: `${mark}_segment_${name}`, properties: { plan: 'pro' } });
  }
  await analytics.closeAndFlush({ timeout: 60000 });
}

async function rudderstack() {
  const Analytics = load('@rudderstack/rudder-sdk-node');
  const analytics = new Analytics('test', { dataPlaneUrl: host, flushAt: 2, flushInterval: 100 });
  for (const name of ['one', 'two', 'three']) {
    analytics.track({ userId: 'jane', event: `${mark}_rudderstack_${name}`, properties: { plan: 'pro' } });
  }
  await analytics.flush();
}

async function posthog() {
  const { PostHog } = load('posthog-node');
  const client = new PostHog('phc_test', { host, flushAt: 2, flushInterval: 100, fetchRetryDelay: 200 });
  for (const name of ['one', 'two', 'three']) {
    client.capture({ distinctId: 'jane', event: `${mark}_posthog_${name}`, properties: { plan: 'pro' } });
  }
  await client.shutdown(60000);
}

// This one does not try again by itself: whoever uses it does.
async function matomo() {
  const Matomo = load('matomo-tracker');
  const tracker = new Matomo(1, `${host}/matomo.php`, true);
  let failed = false;
  tracker.on('error', () => { failed = true; });
  for (let attempt = 0; attempt < 5; attempt++) {
    failed = false;
    tracker.track({ url: 'https://www.example.com/', e_c: 'c', e_a: `${mark}_matomo_one`, uid: 'jane' });
    await wait(1500);
    if (!failed) {
      break;
    }
  }
  await new Promise(resolve => tracker.trackBulk([
    { url: 'https://www.example.com/', e_c: 'c', e_a: `${mark}_matomo_two` },
    { url: 'https://www.example.com/', e_c: 'c', e_a: `${mark}_matomo_three` }
  ], resolve));
}

(async () => {
  // One after the other, so that each meets the refusal that the test has ready for it.
  for (const tracker of [snowplow, segment, rudderstack, posthog, matomo]) {
    await tracker();
    await wait(1000);
  }
  process.exit(0);
})().catch(error => {
  console.error(error.message);
  process.exit(1);
});
