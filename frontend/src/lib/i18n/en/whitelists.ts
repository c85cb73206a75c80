export default {
  title: 'Whitelists',
  newTitle: 'New whitelist',
} as const;
