// Sends a few events by each tracker to the collector whose URL is the first argument; the second is the folder of their
// modules. Each event has a name of its own that the shipped policy lets out. Ends with 0 when every tracker is done.
'use strict';

const path = require('path');
const modules = process.argv[3];
const load = name => require(path.join(modules, 'node_modules', name));

const collector = new URL(process.argv[2]);
const host = collector.origin;
const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

async function snowplow() {
  const { newTracker, buildStructEvent, buildSelfDescribingEvent } = load('@snowplow/node-tracker');
  for (const eventMethod of ['post', 'get']) {
    const tracker = newTracker(
      { namespace: 'test', appId: 'test', encodeBase64: true },
      { endpoint: host, eventMethod, bufferSize: 1 });
    tracker.setUserId('jane');
    tracker.track(buildStructEvent({ category: 'c', action: eventMethod === 'post' ? 'video_played' : 'click', value: 1 }));
    if (eventMethod === 'post') {
      tracker.track(buildSelfDescribingEvent({
        event: { schema: 'iglu:com.example/report_exported/jsonschema/1-0-0', data: { plan: 'pro' } }
      }));
    }
    // It tries again what failed when it sends the next time.
    for (let attempt = 0; attempt < 4; attempt++) {
      await tracker.flush();
      await wait(500);
    }
  }
}

async function segment() {
  const { Analytics } = load('@segment/analytics-node');
  const analytics = new Analytics({ writeKey: 'test', host, flushAt: 2, flushInterval: 100 });
  analytics.on('error', error => console.error('segment', error.code));
  for (const name of ['sign_up', 'login', 'logout']) {
    analytics.track({ userId: 'jane', event: name, properties: { plan: 'pro' } });
  }
  await analytics.closeAndFlush({ timeout: 60000 });
}

async function rudderstack() {
  const Analytics = load('@rudderstack/rudder-sdk-node');
  const analytics = new Analytics('test', { dataPlaneUrl: host, flushAt: 2, flushInterval: 100 });
  for (const name of ['invoice_created', 'invoice_sent', 'invoice_viewed']) {
    analytics.track({ userId: 'jane', event: name, properties: { plan: 'pro' } });
  }
  await analytics.flush();
}

async function posthog() {
  const { PostHog } = load('posthog-node');
  const client = new PostHog('phc_test', { host, flushAt: 2, flushInterval: 100, fetchRetryDelay: 200 });
  for (const name of ['receipt_sent', 'payment_recorded', 'client_added']) {
    client.capture({ distinctId: 'jane', event: name, properties: { plan: 'pro' } });
  }
  await client.shutdown(60000);
}

// This one does not try again by itself: whoever uses it does.
async function matomo() {
  const Matomo = load('matomo-tracker');
  const tracker = new Matomo(1, `${host}/matomo.php`, true);
  let failed = false;
  tracker.on('error', () => { failed = true; });
  const untilTaken = async send => {
    for (let attempt = 0; attempt < 5; attempt++) {
      failed = false;
      send();
      await wait(3000);
      if (!failed) {
        return;
      }
    }
  };
  const url = 'https://www.example.com/';
  await untilTaken(() => tracker.track({ url, e_c: 'c', e_a: 'settings_changed', uid: 'jane' }));
  await untilTaken(() => tracker.trackBulk([
    { url, e_c: 'c', e_a: 'password_changed', uid: 'jane' },
    { url, e_c: 'c', e_a: 'contact_form_sent', uid: 'jane' }
  ]));
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
