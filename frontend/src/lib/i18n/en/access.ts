export default {
  title: 'Access points',
  newTitle: 'New access point',
  shut: 'shut',
} as const;
